import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import type { Animal, Sign } from './animal.ts';
import type { Cage } from './cage.ts';

const damaged = (says: RegExp): Sign => ({ secret: { id: 'bad/x.age', state: 'damaged', says } });

/** `bad/x.age` made in some way, always with a rule, so that it cannot be passed over. */
function bad(name: string, make: (cage: Cage, path: string) => void | Promise<void>, sign: Sign): Animal {
  return {
    name,
    sign,
    async build(cage) {
      cage.write({ 'bad/secrets.nix': `{ "x.age".publicKeys = [ "${cage.alice.publicLine}" ]; }` });
      cage.git('add', 'bad/secrets.nix');
      await make(cage, join(cage.root, 'bad/x.age'));
    },
  };
}

const content = (name: string, text: string | Uint8Array, says: RegExp): Animal =>
  bad(name, (cage) => cage.write({ 'bad/x.age': text }), damaged(says));

const stanza =
  '-> X25519 TEiF0ypqr+bpvcqXNyCVJpL7OuwPdVwPL7KQEbFDOCc\nEmECAEcKN+n/Vs9SbWiV+Hu0r+E8R77DdWYyd83nw7U\n';
const mac = '--- AxMt0zP4KfEcCFsp7rZl0jyLlFAHkqCq1hmFYu3uLLw\n';
const header = (stanzas: string): string => `age-encryption.org/v1\n${stanzas}${mac}${'p'.repeat(64)}`;
const scrypt = (logN: number): string =>
  `-> scrypt bBjlhJVYZeE4aqUdmtRHfw ${logN}\nZJhr8YsGGBVkPwz9m7rYxGsjHVUOOBnUOPBMzJxxVXU\n`;
const outsideLink = /a symbolic link leads outside the repository/;

/** Reliability 2.1 and 2.2: what can lie where a ciphertext should. */
export const fileAnimals: readonly Animal[] = [
  bad('a FIFO', (_, path) => void execFileSync('mkfifo', [path]), damaged(/a FIFO/)),
  bad(
    'a socket',
    (_, path) =>
      new Promise((done) => {
        // The server goes away with its process; the socket file stays for the test.
        const server = createServer().unref();
        server.listen(path, () => done());
      }),
    damaged(/not a regular file/),
  ),
  {
    ...bad('a device', (_, path) => void execFileSync('mknod', [path, 'c', '1', '5']), damaged(/a device/)),
    needsRoot: true,
  },
  bad(
    'a directory',
    (_, path) => void mkdirSync(join(path, 'deeper'), { recursive: true }),
    damaged(/a directory/),
  ),
  bad(
    'a sparse file of 3 GiB',
    (_, path) => {
      writeFileSync(path, '');
      truncateSync(path, 3 * 1024 ** 3);
    },
    damaged(/./),
  ),
  bad(
    'a good header on a sparse file of 3 GiB',
    async (cage, path) => {
      writeFileSync(path, await cage.encrypted('x'));
      truncateSync(path, 3 * 1024 ** 3);
    },
    { secret: { id: 'bad/x.age', state: 'ok' }, open: { id: 'bad/x.age', gives: 'refused' } },
  ),
  bad(
    'a link to a file outside',
    (cage, path) => symlinkSync(join(cage.outside, 'x.age'), path),
    damaged(outsideLink),
  ),
  bad('a relative link outside', (_, path) => symlinkSync('../../outside/x.age', path), damaged(outsideLink)),
  bad('a link to a system file', (_, path) => symlinkSync('/etc/hostname', path), damaged(outsideLink)),
  bad('a link to a device', (_, path) => symlinkSync('/dev/zero', path), damaged(outsideLink)),
  bad('a link to standard input', (_, path) => symlinkSync('/dev/stdin', path), damaged(outsideLink)),
  bad('links in a circle', (_, path) => symlinkSync('x.age', path), damaged(/in a circle/)),
  bad('a link to nothing', (_, path) => symlinkSync('gone', path), damaged(/leads to nothing/)),
  bad('a link to its own directory', (_, path) => symlinkSync('.', path), damaged(/a directory/)),
  {
    name: 'a directory that is a link outside',
    build(cage) {
      symlinkSync(cage.outside, join(cage.root, 'hosts'));
      cage.write({ 'secrets.nix': `{ "hosts/x.age".publicKeys = [ "${cage.alice.publicLine}" ]; }` });
    },
    sign: {
      secret: { id: 'hosts/x.age', state: 'damaged', says: outsideLink },
      open: { id: 'hosts/x.age', gives: 'refused' },
    },
  },
  content('an empty file', '', /empty/),
  content('plain text', 'password=hunter2\n', /./),
  content('zeros', new Uint8Array(4096), /./),
  content('a header without an end', `age-encryption.org/v1\n${stanza}`, /./),
  content('a header and nothing else', `age-encryption.org/v1\n${stanza}${mac}`, /truncated/),
  content('a version that does not exist', header(stanza).replace('v1', 'v9'), /./),
  content('10,000 stanzas', header(stanza.repeat(10_000)), /more than 1,000/),
  content('200,000 stanzas of unknown kinds', header('-> what-is-this\n\n'.repeat(200_000)), /./),
  content('a header line of 4 MiB', `age-encryption.org/v1\n-> ${'x'.repeat(4 * 1024 ** 2)}`, /./),
  bad(
    'a stanza with 100,000 arguments',
    (cage) => cage.write({ 'bad/x.age': header(`-> x${' y'.repeat(100_000)}\n\n`) }),
    { secret: { id: 'bad/x.age', state: 'drift' }, open: { id: 'bad/x.age', gives: 'no-key' } },
  ),
  content('a passphrase stanza beside others', header(scrypt(18) + stanza), /./),
  content(
    'armor of nonsense',
    '-----BEGIN AGE ENCRYPTED FILE-----\n!!!!\n-----END AGE ENCRYPTED FILE-----\n',
    /./,
  ),
  content(
    'armor without an end',
    `-----BEGIN AGE ENCRYPTED FILE-----\n${Buffer.from(header(stanza)).toString('base64')}\n`,
    /./,
  ),
  content('armor in armor', `${'-----BEGIN AGE ENCRYPTED FILE-----\n'.repeat(50_000)}`, /./),
  bad('a passphrase file that would take hours', (cage) => cage.write({ 'bad/x.age': header(scrypt(30)) }), {
    secret: { id: 'bad/x.age', state: 'drift' },
    open: { id: 'bad/x.age', gives: /^(refused|damaged|unsupported|needs-prompt|no-key)$/ },
  }),
  bad(
    'a payload that somebody changed',
    async (cage, path) => {
      const file = await cage.encrypted('original value');
      file[file.length - 1] = (file.at(-1) ?? 0) ^ 1;
      writeFileSync(path, file);
    },
    { secret: { id: 'bad/x.age', state: 'ok' }, open: { id: 'bad/x.age', gives: 'damaged' } },
  ),
];

const payload = (name: string, value: string, gives: RegExp): Animal =>
  bad(name, async (cage, path) => writeFileSync(path, await cage.encrypted(value)), {
    secret: { id: 'bad/x.age', state: 'ok' },
    open: { id: 'bad/x.age', gives },
  });

const aliases = [
  'a: &a [x, x, x, x, x, x, x, x, x]',
  ...'bcdefghij'.split('').map((name, index) => {
    const before = 'abcdefghij'[index];
    return `${name}: &${name} [${Array(9).fill(`*${before}`).join(', ')}]`;
  }),
].join('\n');

/** Reliability 2.2: payloads that only the owner of a key can be made to open. The sign is the number of keys. */
export const payloadAnimals: readonly Animal[] = [
  payload('a YAML bomb of aliases', aliases, /^\d+ keys$/),
  payload('40,000 nested YAML lists', '['.repeat(40_000), /^\d+ keys$/),
  payload('1,000 YAML documents of unclosed lists', '---\n[[[[[[[[[[\n'.repeat(1_000), /^\d+ keys$/),
  payload(
    'deeply indented YAML',
    Array.from({ length: 2_000 }, (_, depth) => `${' '.repeat(depth)}k:`).join('\n'),
    /^\d+ keys$/,
  ),
  payload('nested JSON', `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`, /^\d+ keys$/),
  payload(
    '20,000 YAML keys',
    Array.from({ length: 20_000 }, (_, index) => `key${index}: v`).join('\n'),
    /^\d+ keys$/,
  ),
  payload(
    'keys that mean something to JavaScript',
    '{"__proto__":{"polluted":"yes"},"constructor":"x"}',
    /^\d+ keys$/,
  ),
  payload(
    'YAML tags that build things',
    'a: !!js/function "x"\nb: !!timestamp 2001-99-99\nc: !!set {x}',
    /^\d+ keys$/,
  ),
];
