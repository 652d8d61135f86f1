import { createHash } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { commandTable } from '../../src/cli/command-table.ts';
import { encrypted, type Member, member } from '../support/agenix-repository.ts';
import { git, gitRepository } from '../support/git-repository.ts';
import { type Ran, runKeyhole } from './support/run-keyhole.ts';
import { runtimeDirectory, scriptedEditor } from './support/scripted-editor.ts';

const alice = member('alice');
const bob = member('bob');
const mallory = member('mallory');
const other = member('mallory');

let top: string;
let root: string;
let home: string;
beforeEach(async () => {
  top = realpathSync(mkdtempSync(path.join(tmpdir(), 'keyhole-unseen-')));
  home = path.join(top, 'home');
  mkdirSync(path.join(home, '.ssh'), { recursive: true });
  writeFileSync(path.join(home, '.ssh/id_ed25519'), alice.privateFile, { mode: 0o600 });
  const team = [alice, bob];
  const files = {
    'secrets.nix': rules(''),
    'db.age': await encrypted('the database', team),
    'app.env.age': await encrypted('USER=app\nPASSWORD=old\n', team),
    'own.age': await encrypted('for alice', [alice]),
  };
  root = path.join(top, 'repository');
  mkdirSync(root);
  gitRepository(files, root);
});
afterEach(() => rmSync(top, { recursive: true, force: true }));

/** Whoever can push writes into the `team`, and perhaps a binding of its own. */
const rules = (more: string, bindings = ''): string => `let
  alice = "${alice.publicLine}";
  bob = "${bob.publicLine}";
${bindings}  team = [ alice bob ${more} ];
  ops = [ ${more} ];
in {
  "db.age".publicKeys = team;
  "app.env.age".publicKeys = team;
  "own.age".publicKeys = [ alice ];
  "there.age".publicKeys = team;
}
`;
const binding = ({ publicLine }: Member): string => `  mallory = "${publicLine}";\n`;

/** Somebody else's commit arrives. */
function pull(text: string): void {
  writeFileSync(path.join(root, 'secrets.nix'), text);
  git(root, 'commit', '-q', '-a', '-m', 'hello from mallory');
}
const pullMallory = (who = mallory): void => pull(rules('mallory', binding(who)));

const keyhole = (words: readonly string[], input = 'new value', env = {}): Ran =>
  runKeyhole(words, { home, cwd: root, input, env });
const firstWrite = (): Ran => keyhole(['set', 'own.age'], 'first');
const pins = (): string => path.join(home, '.local/state/keyhole');
const pinFile = (): string => path.join(pins(), readdirSync(pins())[0] ?? '');

/** Every file of the repository but git's own, by its hash. */
const tree = (): readonly string[] =>
  readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !`${entry.parentPath}/`.includes('/.git/'))
    .map((entry) => {
      const file = path.join(entry.parentPath, entry.name);
      return `${path.relative(root, file)} ${createHash('sha256').update(readFileSync(file)).digest('hex')}`;
    })
    .sort();

/** What mallory finds, with her own copy of the program and her key. */
function seenByMallory(file: string): string | null {
  const key = path.join(top, 'mallory-key');
  writeFileSync(key, mallory.privateFile, { mode: 0o600 });
  const ran = runKeyhole(['--no-default-identities', '-i', key, 'get', file], { home: top, cwd: root });
  return ran.status === 0 ? ran.text : null;
}

describe('the first write to a repository', () => {
  test('accepts whom the rules name, and says so', () => {
    expect(keyhole(['list', '--json']).status).toBe(0);
    expect(keyhole(['get', 'db.age']).status).toBe(0);
    expect(existsSync(path.join(home, '.local'))).toBe(false);
    const ran = firstWrite();
    expect(ran.status).toBe(0);
    expect(ran.stderr).toBe(
      'keyhole: first write here: 2 readers of the rules accepted; a new one will be asked about\n',
    );
    expect(keyhole(['set', 'db.age'])).toMatchObject({ status: 0, stderr: '' });
  });

  test('leaves a list that only its owner reads, with nothing in it but public keys and names', () => {
    firstWrite();
    expect(statSync(pins()).mode & 0o777).toBe(0o700);
    expect(statSync(pinFile()).mode & 0o777).toBe(0o600);
    expect(JSON.parse(readFileSync(pinFile(), 'utf8'))).toEqual({
      schema: 1,
      root,
      readers: [alice, bob]
        .map(({ id, name }) => ({ key: id, names: [name], isGone: false }))
        .sort((one, two) => (one.key < two.key ? -1 : 1)),
    });
    expect(readdirSync(pins())).toHaveLength(1);
  });

  test('is in XDG_STATE_HOME where that is set', () => {
    const state = path.join(top, 'state');
    expect(keyhole(['set', 'own.age'], 'x', { XDG_STATE_HOME: state }).status).toBe(0);
    expect(readdirSync(path.join(state, 'keyhole'))).toHaveLength(1);
    expect(existsSync(path.join(home, '.local'))).toBe(false);
  });

  test('is another one in another clone, and in one that was moved', () => {
    firstWrite();
    const clone = path.join(top, 'clone');
    git(top, 'clone', '-q', root, clone);
    pullMallory();
    git(clone, 'pull', '-q');
    const there = (): Ran =>
      runKeyhole(['set', 'db.age', '--accept-readers'], { home, cwd: clone, input: 'x' });
    expect(there()).toMatchObject({
      status: 0,
      stderr: expect.stringContaining('first write here: 3 readers'),
    });
    renameSync(root, path.join(top, 'moved'));
    root = path.join(top, 'moved');
    expect(keyhole(['set', 'own.age']).stderr).toContain('first write here: 3 readers');
  });
});

const encryptNothing: Readonly<Record<string, string>> = {
  rm: 'takes away',
  undo: 'puts back the bytes that were there, with the readers that they had',
  redo: 'puts back the bytes that were there, with the readers that they had',
  commit: 'changes no file',
};
/** A write of every command that encrypts, by the file that mallory would read. */
const writes: readonly (readonly [string, readonly string[]])[] = [
  ['db.age', ['set', 'db.age']],
  ['app.env.age', ['set', 'app.env.age#PASSWORD']],
  ['app.env.age', ['set', 'app.env.age#TOKEN', '--create']],
  ['there.age', ['set', 'there.age']],
  ['db.age', ['edit', 'db.age']],
  ['fresh.age', ['new', 'fresh.age', '--to', 'team']],
  ['fresh.age', ['new', 'fresh.age', '--to', 'team', '--generate', 'password']],
  ['there.age', ['mv', 'own.age', 'there.age']],
  ['there.age', ['cp', 'own.age', 'there.age']],
  ['copy.age', ['cp', 'own.age', 'copy.age', '--to', 'team']],
  ['db.age', ['rekey', 'db.age']],
  ['app.env.age', ['rekey']],
  ['own.age', ['grant', 'ops', 'own.age']],
  ['app.env.age', ['revoke', 'bob', 'db.age', '--group']],
  ['app.env.age', ['reader', 'remove', 'bob']],
];

describe('a key that a pulled commit added', () => {
  beforeEach(() => {
    expect(firstWrite().status).toBe(0);
    pullMallory();
  });

  const write = (words: readonly string[]): Ran => {
    const editor = scriptedEditor(top, 'printf edited > "$1"');
    return keyhole(words, words.includes('--generate') ? '' : 'new value', {
      EDITOR: editor,
      XDG_RUNTIME_DIR: runtimeDirectory(),
    });
  };

  test('is met by all commands that write', () => {
    const writing = commandTable
      .filter(({ options }) => options.some(({ name }) => name === 'dry-run'))
      .map(({ name }) => name as string);
    const tried = new Set(writes.map(([, [command = '']]) => command));
    expect(writing.filter((name) => !tried.has(name) && !(name in encryptNothing))).toEqual([]);
    expect(tried.size).toBeGreaterThan(4);
  });

  test.each(writes)('stops a write of %s by %s', (file, words) => {
    const before = tree();
    const ran = write([...words, '--json']);
    expect(ran.status).toBe(17);
    const { error } = JSON.parse(ran.text);
    expect(error).toMatchObject({ code: 'unseen-recipient', exit: 17, where: file });
    expect(error.says).toContain(`a reader is new: mallory (secrets.nix:4), whose key is ${mallory.id}`);
    expect(error.hint).toBe(`if it is meant: --accept-recipient '${mallory.id}'`);
    expect(tree()).toEqual(before);
    expect(seenByMallory(file)).toBeNull();
    // Nothing else that is agreed to in advance is an answer to this.
    const meant = ['set', 'edit', 'grant', 'revoke', 'reader'].includes(words[0] ?? '')
      ? ['--accept-readers']
      : [];
    expect(write([...words, ...meant, '--allow-unreadable']).status).toBe(17);
    expect(tree()).toEqual(before);
    // And this is what would have happened.
    const accepted = write([...words, ...meant, '--accept-recipient', mallory.publicLine]);
    expect(accepted).toMatchObject({ status: 0, stderr: expect.stringContaining(mallory.id) });
    expect(seenByMallory(file)).not.toBeNull();
  });

  test('stays accepted once it was', () => {
    const once = ['set', 'db.age', '--accept-readers', '--accept-recipient', mallory.id];
    expect(keyhole(once).status).toBe(0);
    expect(keyhole(['set', 'db.age'], 'again')).toMatchObject({ status: 0, stderr: '' });
  });

  test('does not stop what is not for it, nor reading', () => {
    expect(keyhole(['set', 'own.age'], 'mine')).toMatchObject({ status: 0, stderr: '' });
    expect(keyhole(['get', 'db.age']).status).toBe(0);
    expect(keyhole(['list']).status).toBe(0);
    expect(keyhole(['undo']).status).toBe(0);
    // Writing something else accepted nobody.
    expect(keyhole(['set', 'db.age', '--accept-readers']).status).toBe(17);
  });

  test('is told of by --dry-run, which writes nothing', () => {
    const ran = keyhole(['set', 'db.age', '--dry-run', '--json']);
    expect(JSON.parse(ran.text).warnings[0]).toMatchObject({
      code: 'unseen-recipient',
      path: 'db.age',
      recipient: mallory.id,
    });
    expect(keyhole(['set', 'db.age', '--accept-readers']).status).toBe(17);
  });

  test('is accepted by its key only, and by no other', () => {
    const accept = (key: string): Ran =>
      keyhole(['set', 'db.age', '--accept-readers', '--accept-recipient', key]);
    expect(accept('mallory')).toMatchObject({
      status: 17,
      stderr: expect.stringContaining('a name is not enough'),
    });
    expect(accept(bob.id).status).toBe(17);
    expect(accept(`${mallory.id} with another comment`).status).toBe(0);
  });

  test('is accepted by whoever names it, where the name was never another’s', () => {
    expect(keyhole(['new', 'one.age', '--to', 'mallory,alice'])).toMatchObject({ status: 0 });
    expect(keyhole(['set', 'db.age', '--accept-readers']).status).toBe(0);
    // Now the rules say that mallory is somebody else.
    pull(
      rules('mallory', binding(other)).replace('"own.age"', '"one.age".publicKeys = [ alice ];\n  "own.age"'),
    );
    const ran = keyhole(['new', 'two.age', '--to', 'mallory,alice']);
    expect(ran.status).toBe(17);
    expect(ran.stderr).toContain(
      `two.age: the reader mallory has another key than before (secrets.nix:4), whose key is ${other.id}`,
    );
    expect(keyhole(['new', 'two.age', '--to', `alice,${other.publicLine}`]).status).toBe(0);
  });

  test('is not accepted by a name that it took from another, nor by that of a group', () => {
    const swapped = rules('', `  alice2 = "${alice.publicLine}";\n`)
      .replaceAll('[ alice ', '[ alice2 ')
      .replace(`alice = "${alice.publicLine}"`, `alice = "${other.publicLine}"`);
    pull(swapped);
    const before = tree();
    for (const words of [
      ['new', 'x.age', '--to', 'alice'],
      ['grant', 'alice', 'db.age'],
    ])
      expect(keyhole(words)).toMatchObject({ status: 17, stderr: expect.stringContaining(other.id) });
    expect(tree()).toEqual(before);
    pull(rules('', `${binding(mallory)}  solo = [ mallory ];\n`));
    for (const words of [
      ['new', 'x.age', '--to', 'solo'],
      ['grant', 'solo', 'own.age'],
    ])
      expect(keyhole(words)).toMatchObject({ status: 17, stderr: expect.stringContaining(mallory.id) });
    expect(keyhole(['grant', 'mallory', 'own.age'])).toMatchObject({
      status: 0,
      stderr: expect.stringContaining(mallory.id),
    });
    expect(keyhole(['grant', other.publicLine, 'own.age']).status).toBe(0);
  });

  test('has to be accepted again once the rules have left it out', () => {
    const set = (...more: readonly string[]): Ran =>
      keyhole(['set', 'db.age', '--accept-readers', ...more], Math.random().toString());
    expect(set('--accept-recipient', mallory.id).status).toBe(0);
    pull(rules(''));
    expect(set().status).toBe(0);
    pullMallory();
    expect(set()).toMatchObject({
      status: 17,
      stderr: expect.stringContaining('the reader mallory is back, after the rules left it out'),
    });
    expect(set('--accept-recipient', mallory.id).status).toBe(0);
    expect(set().status).toBe(0);
  });

  test('all of several are told at once', () => {
    pull(rules('mallory eve', `${binding(mallory)}  eve = "${other.publicLine}";\n`));
    const ran = keyhole(['set', 'db.age', '--json']);
    const { says, details, hint } = JSON.parse(ran.text).error;
    expect(says).toContain(mallory.id);
    expect(details).toEqual([expect.stringContaining(`eve (secrets.nix:5), whose key is ${other.id}`)]);
    expect(hint).toContain(`--accept-recipient '${mallory.id}' --accept-recipient '${other.id}'`);
  });
});

describe('a list of accepted readers that cannot be used', () => {
  const damage: readonly (readonly [string, (file: string) => void])[] = [
    ['cut off', (file) => writeFileSync(file, readFileSync(file).subarray(0, 40))],
    ['empty', (file) => writeFileSync(file, '')],
    [
      'of another repository',
      (file) => writeFileSync(file, readFileSync(file, 'utf8').replace(root, '/elsewhere')),
    ],
    [
      'of another shape',
      (file) => writeFileSync(file, JSON.stringify({ schema: 1, root, readers: [{ key: 1 }] })),
    ],
    ['others could have written', (file) => chmodSync(file, 0o666)],
    [
      'a directory',
      (file) => {
        rmSync(file);
        mkdirSync(file);
      },
    ],
    ['too long', (file) => writeFileSync(file, Buffer.alloc(9 * 1024 * 1024, ' '))],
  ];

  test.each(damage)('because it is %s stops every write, and stays as it is', (_, harm) => {
    firstWrite();
    harm(pinFile());
    const before = tree();
    const kept = statSync(pinFile());
    const ran = keyhole(['set', 'db.age', '--json']);
    expect(ran.status).toBe(16);
    const { code, says, where } = JSON.parse(ran.text).error;
    expect({ code, where }).toEqual({ code: 'bad-rules', where: pinFile() });
    expect(says).toContain('the list of accepted readers cannot be used');
    expect(tree()).toEqual(before);
    const { mtimeMs, size } = statSync(pinFile());
    expect({ mtimeMs, size }).toEqual({ mtimeMs: kept.mtimeMs, size: kept.size });
    expect(keyhole(['get', 'db.age']).status).toBe(0);
  });

  test('because there is no place for it does not stop a write, and is said each time', () => {
    writeFileSync(path.join(top, 'file'), '');
    const set = (): Ran =>
      keyhole(['set', 'db.age'], Math.random().toString(), { XDG_STATE_HOME: path.join(top, 'file') });
    for (const ran of [set(), set()])
      expect(ran).toMatchObject({
        status: 0,
        stderr: expect.stringContaining('cannot be remembered, and a new reader will not be noticed'),
      });
  });

  test('because its place came with the repository is neither read nor written', () => {
    const state = path.join(root, 'state');
    const ran = keyhole(['set', 'db.age'], 'x', { XDG_STATE_HOME: state });
    expect(ran).toMatchObject({ status: 0, stderr: expect.stringContaining('is inside the repository') });
    expect(existsSync(state)).toBe(false);
  });
});
