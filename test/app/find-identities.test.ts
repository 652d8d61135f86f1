import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, mkdirSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { type FindOptions, findIdentities } from '../../src/app/identities/find-identities.ts';
import { writeFiles } from '../support/git-repository.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

const key = 'AGE-SECRET-KEY-1QQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQ\n';

async function find(options: Partial<FindOptions>, drained = new Set<string>()) {
  const found = await findIdentities(
    { identityFiles: [], defaultIdentities: true, env: { HOME: '/nonexistent' }, ...options },
    drained,
  );
  return {
    // The machine's own host key is there or not; it is none of a test's business.
    sources: found.sources.filter(({ origin }) => !origin.startsWith('/etc/')),
    unusable: found.unusable.map(({ origin, error }) => `${origin}: ${error?.says}`),
  };
}
const origins = (found: Awaited<ReturnType<typeof find>>): readonly string[] =>
  found.sources.map((source) => source.origin);

test('the usual places, in order, -i first; the same file is not taken twice', async () => {
  const home = temporaryDirectory();
  writeFiles(home, {
    '.ssh/id_ed25519': '-----BEGIN OPENSSH PRIVATE KEY-----\n',
    '.ssh/id_rsa': '-----BEGIN RSA PRIVATE KEY-----\n',
    '.ssh/id_rsa.pub': 'ssh-rsa AAAA me',
    '.config/sops/age/keys.txt': key,
    '.config/age/mine.txt': `# created\n${key}`,
    '.config/age/mine.pub': 'age1',
    '.config/age/notes.md': 'shopping list',
    '.passage/identities': key,
    'office/key.txt': key,
  });
  symlinkSync(join(home, '.passage/identities'), join(home, 'again'));
  const env = { HOME: home };
  const found = await find({ identityFiles: [join(home, 'office/key.txt'), join(home, 'again')], env });
  expect(origins(found)).toEqual([
    '~/office/key.txt',
    '~/again',
    '~/.ssh/id_ed25519',
    '~/.ssh/id_rsa',
    '~/.config/sops/age/keys.txt',
    '~/.config/age/mine.txt',
  ]);
  expect(found.unusable).toEqual([]);
  const rsa = found.sources.find(({ origin }) => origin.endsWith('id_rsa'));
  expect(Buffer.from(rsa?.publicKeyFile ?? []).toString()).toBe('ssh-rsa AAAA me');
  const only = await find({ identityFiles: [join(home, 'office/key.txt')], defaultIdentities: false, env });
  expect(origins(only)).toEqual(['~/office/key.txt']);
});

test('the environment: keys in a variable, files it names, and commands that are never run', async () => {
  const home = temporaryDirectory();
  const ran = join(home, 'ran');
  writeFiles(home, { 'config/sops/age/keys.txt': key, 'k.txt': key });
  const found = await find({
    env: {
      HOME: home,
      XDG_CONFIG_HOME: join(home, 'config'),
      SOPS_AGE_KEY: `# mine\nAGE-A AGE-B\n  AGE-C\n`,
      SOPS_AGE_KEY_FILE: join(home, 'k.txt'),
      SOPS_AGE_SSH_PRIVATE_KEY_FILE: join(home, 'gone'),
      SOPS_AGE_KEY_CMD: `touch ${ran}`,
      SOPS_AGE_SSH_PRIVATE_KEY_CMD: `touch ${ran}`,
      PASSAGE_IDENTITIES_FILE: join(home, 'gone too'),
    },
  });
  expect(origins(found)).toEqual(['$SOPS_AGE_KEY_FILE', '~/config/sops/age/keys.txt', '$SOPS_AGE_KEY']);
  expect(Buffer.from(found.sources[2]?.bytes ?? []).toString()).toBe('AGE-A\nAGE-B\nAGE-C');
  expect(found.unusable).toEqual([
    '$SOPS_AGE_SSH_PRIVATE_KEY_FILE: no such file',
    '$PASSAGE_IDENTITIES_FILE: no such file',
    '$SOPS_AGE_KEY_CMD: keyhole runs no command to get a key',
    '$SOPS_AGE_SSH_PRIVATE_KEY_CMD: keyhole runs no command to get a key',
  ]);
  expect(() => execFileSync('ls', [ran], { stdio: 'ignore' })).toThrow();
});

test('what cannot be used is a line, and stops nothing', async () => {
  const home = temporaryDirectory();
  writeFiles(home, { 'good.txt': key, '.ssh/id_ed25519': '' });
  mkdirSync(join(home, 'directory'));
  mkdirSync(join(home, '.config/age'), { recursive: true });
  execFileSync('mkfifo', [join(home, '.ssh/id_rsa'), join(home, '.config/age/fifo.txt')]);
  writeFileSync(join(home, 'huge'), '');
  truncateSync(join(home, 'huge'), 3 * 1024 ** 3);
  symlinkSync('/dev/zero', join(home, 'zero'));
  chmodSync(join(home, 'good.txt'), 0o600);
  const given = ['gone', 'directory', 'huge', 'zero', 'good.txt'].map((name) => join(home, name));
  const found = await find({ identityFiles: given, env: { HOME: home } });
  expect(origins(found)).toEqual(['~/good.txt', '~/.ssh/id_ed25519']);
  expect(found.unusable).toEqual([
    '~/gone: no such file',
    '~/directory: not a regular file',
    '~/huge: 3072 MiB is more than the 1 MiB that are read',
    '~/zero: not a regular file',
    '~/.ssh/id_rsa: a FIFO, which is not read here',
  ]);
});

test('a pipe that -i names is read once, even when its writer is slow', async () => {
  const home = temporaryDirectory();
  const pipe = join(home, 'pipe');
  execFileSync('mkfifo', [pipe]);
  const writer = spawn('sh', ['-c', `exec >'${pipe}'; printf AGE-; sleep 0.2; printf 'SECRET'`]);
  onTestFinished(() => void writer.kill());
  const drained = new Set<string>();
  const found = await find({ identityFiles: [pipe], defaultIdentities: false }, drained);
  expect(Buffer.from(found.sources[0]?.bytes ?? []).toString()).toBe('AGE-SECRET');
  const again = await find({ identityFiles: [pipe], defaultIdentities: false }, drained);
  expect(again.unusable).toEqual([`${pipe}: it was a pipe, and a pipe can be read only once`]);
});

test('a pipe that nobody writes to ends', async () => {
  const pipe = join(temporaryDirectory(), 'pipe');
  execFileSync('mkfifo', [pipe]);
  const found = await find({ identityFiles: [pipe], defaultIdentities: false });
  expect(found.unusable).toEqual([`${pipe}: nothing came out of the pipe`]);
});
