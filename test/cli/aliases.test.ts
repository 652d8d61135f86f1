import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { encrypted, member } from '../support/agenix-repository.ts';
import { gitRepository } from '../support/git-repository.ts';
import { type Ran, runKeyhole } from './support/run-keyhole.ts';

const [alice, bob, web, stranger] = ['alice', 'bob', 'web1', 'stranger'].map((name) => member(name));
if (!alice || !bob || !web || !stranger) throw new Error('four members');

let top: string;
let root: string;
let home: string;
beforeEach(async () => {
  top = realpathSync(mkdtempSync(path.join(tmpdir(), 'keyhole-aliases-')));
  [root, home] = [path.join(top, 'repository'), path.join(top, 'home')];
  for (const directory of [root, path.join(home, '.ssh'), path.join(home, '.config/keyhole')])
    mkdirSync(directory, { recursive: true });
  writeFileSync(path.join(home, '.ssh/id_ed25519'), alice.privateFile, { mode: 0o600 });
  const rules = `let
  alice = "${alice.publicLine}";
  bob = "${bob.publicLine}";
  hosts = { web1 = "${web.publicLine}"; };
in {
  "db.age".publicKeys = [ alice bob hosts.web1 ];
  "own.age".publicKeys = [ alice ];
}
`;
  const files = {
    'secrets.nix': rules,
    'db.age': await encrypted('db', [alice, bob, web]),
    'own.age': await encrypted('own', [alice]),
  };
  gitRepository(files, root);
});
afterEach(() => rmSync(top, { recursive: true, force: true }));

const file = (): string => path.join(home, '.config/keyhole/aliases');
const aliases = (...lines: readonly string[]): void => writeFileSync(file(), `${lines.join('\n')}\n`);
const keyhole = (...words: readonly string[]): Ran => runKeyhole(words, { home, cwd: root, input: 'value' });
const column = (ran: Ran, index: number): readonly string[] =>
  ran.text
    .trimEnd()
    .split('\n')
    .map((line) => line.split('\t')[index] ?? '');

describe('a name of one’s own for a key', () => {
  beforeEach(() => aliases('# hosts', '', `${web.id} the shed`, `  ${bob.id}   Bob Roberts  `));

  test('stands first wherever the key is named', () => {
    expect(column(keyhole('list', 'db.age'), 4)).toEqual(['alice, Bob Roberts, the shed']);
    expect(column(keyhole('who', 'db.age'), 0)).toEqual(['alice', 'Bob Roberts, bob', 'the shed, web1']);
    expect(keyhole('matrix').text.split('\n')[0]).toBe('secret\tstate\talice\tBob Roberts\tthe shed');
    expect(keyhole('set', 'db.age', '--dry-run').text).toContain('for alice, Bob Roberts, the shed');
  });

  test('finds it', () => {
    expect(column(keyhole('what', 'the shed'), 0)).toEqual(['db.age']);
    expect(column(keyhole('list', '--reader', 'Bob Roberts'), 0)).toEqual(['db.age']);
    expect(column(keyhole('what', 'web1'), 0)).toEqual(['db.age']);
    expect(keyhole('what', 'the shet').stderr).toContain('did you mean the shed?');
    const ran = keyhole('new', 'fresh.age', '--to', 'alice,the shed');
    expect(ran.status).toBe(0);
    expect(keyhole('list', 'fresh.age', '--json').text).toContain(web.id);
    expect(keyhole('cp', 'own.age', 'copy.age', '--to', 'Bob Roberts,alice').status).toBe(0);
    expect(keyhole('grant', 'the shed', 'own.age').status).toBe(0);
    expect(column(keyhole('what', 'the shed'), 0)).toEqual(['db.age', 'fresh.age', 'own.age']);
    expect(keyhole('revoke', 'the shed', 'own.age').status).toBe(0);
    // The rules call it what they called it before.
    expect(keyhole('check', '--json').text).not.toContain('the shed');
  });

  test('is beside the other names in JSON, which stay', () => {
    const { secrets } = JSON.parse(keyhole('list', '--json', 'db.age').text);
    expect(secrets[0].recipients.declared).toEqual([
      { name: 'alice', alias: null, kind: 'ssh-ed25519', key: alice.id },
      { name: 'bob', alias: 'Bob Roberts', kind: 'ssh-ed25519', key: bob.id },
      { name: 'web1', alias: 'the shed', kind: 'ssh-ed25519', key: web.id },
    ]);
    const { readers } = JSON.parse(keyhole('matrix', '--json').text);
    expect(readers.map(({ name, alias }: { name: string; alias: string | null }) => [name, alias])).toEqual([
      ['alice', null],
      ['bob', 'Bob Roberts'],
      ['web1', 'the shed'],
    ]);
  });

  test('can be that of somebody whom the rules do not know, who is accepted by it', () => {
    aliases(`${stranger.id} my phone`);
    expect(keyhole('set', 'own.age').status).toBe(0);
    expect(keyhole('grant', 'my phone', 'own.age')).toMatchObject({
      status: 0,
      stderr: expect.stringContaining(stranger.id),
    });
    expect(column(keyhole('list', 'own.age'), 4)).toEqual(['alice, my phone']);
  });

  test('is in XDG_CONFIG_HOME where that is set, and may be a link', () => {
    const config = path.join(top, 'config');
    mkdirSync(path.join(config, 'keyhole'), { recursive: true });
    symlinkSync(file(), path.join(config, 'keyhole/aliases'));
    const env = { XDG_CONFIG_HOME: config };
    expect(runKeyhole(['list', 'db.age'], { home: top, cwd: root, env }).text).toContain('the shed');
  });
});

describe('a name that is also the name of another', () => {
  test('hides neither of them', () => {
    aliases(`${web.id} bob`);
    const [readers] = column(keyhole('list', 'db.age'), 4);
    expect(readers).toBe(`alice, bob, bob (ssh-ed25519 …${web.id.slice(-4)})`);
    expect(keyhole('matrix').text.split('\n')[0]?.split('\t').slice(2)).toEqual([
      'alice',
      'bob',
      `bob (ssh-ed25519 …${web.id.slice(-4)})`,
    ]);
    const { keys } = JSON.parse(keyhole('what', 'bob', '--json').text);
    expect(keys.map(({ key }: { key: string }) => key).sort()).toEqual([bob.id, web.id].sort());
  });

  test('takes nothing from the other', () => {
    aliases(`${web.id} bob`);
    expect(keyhole('revoke', bob.id, 'db.age').status).toBe(0);
    const { secrets } = JSON.parse(keyhole('list', '--json', 'db.age').text);
    expect(secrets[0].recipients.declared.map(({ key }: { key: string }) => key)).toEqual([alice.id, web.id]);
  });

  test('does not say who is meant, where something would be given to somebody', () => {
    aliases(`${web.id} bob`, `${stranger.id} twice`, `${bob.id} twice`);
    for (const words of [
      ['new', 'x.age', '--to', 'bob'],
      ['grant', 'bob', 'own.age'],
      ['cp', 'own.age', 'x.age', '--to', 'twice'],
    ])
      expect(keyhole(...words)).toMatchObject({
        status: 10,
        stderr: expect.stringContaining('is a name of several keys'),
      });
  });
});

describe('what cannot be used of the file', () => {
  test('is told with its line, and takes nothing else with it', () => {
    aliases(
      `${web.id} the shed`,
      'age1zzz nobody',
      alice.id,
      `${web.id} again`,
      `${bob.id} ${'x'.repeat(81)}`,
      `${bob.id} a,b`,
      `${bob.id} ${stranger.id}`,
      `${bob.id} red\u001b[31m`,
      `${bob.id} Bob`,
    );
    const ran = keyhole('list', '--json', 'db.age');
    expect(ran.status).toBe(0);
    const { problems, secrets } = JSON.parse(ran.text);
    expect(secrets[0].recipients.declared.map(({ alias }: { alias: string | null }) => alias)).toEqual([
      null,
      'Bob',
      'the shed',
    ]);
    expect(problems.map(({ where, says }: { where: string; says: string }) => [where, says])).toEqual(
      [
        [2, 'mistyped age key: the checksum does not fit'],
        [3, 'no name stands after the key'],
        [4, 'the key has a name from a line above'],
        [5, 'the name is longer than 80 characters'],
        [6, 'the name holds a comma'],
        [7, 'the name looks like a key'],
        [8, 'the name holds characters that cannot be seen'],
      ].map(([line, says]) => [`${file()}:${line}`, says]),
    );
    expect(keyhole('list').stderr).toContain(`${file()}:2: mistyped age key`);
    // It is nothing that is wrong with the repository.
    expect(keyhole('check', '--json').text).not.toContain('keyhole/aliases');
    expect(keyhole('set', 'own.age').status).toBe(0);
  });

  test.each([
    ['bytes that are no text', () => writeFileSync(file(), Uint8Array.of(0xff, 0xfe))],
    ['a directory', () => mkdirSync(file())],
    ['more than a mebibyte', () => writeFileSync(file(), Buffer.alloc(1024 * 1024 + 1, '#'))],
  ])('is all of it where it is %s', (_, make) => {
    make();
    const ran = keyhole('list', 'db.age');
    expect(ran).toMatchObject({ status: 0, stderr: expect.stringContaining(file()) });
    expect(column(ran, 4)).toEqual(['alice, bob, web1']);
  });
});
