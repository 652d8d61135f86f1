import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { generateX25519 } from '../../src/crypto/generate-identity.ts';
import { parseHeader } from '../../src/crypto/parse-header.ts';
import { encrypted, type Member, member, rulesFor } from '../support/agenix-repository.ts';
import { git, gitRepository } from '../support/git-repository.ts';
import { describeWithPeers } from '../support/peers.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';
import { type Ran, runKeyhole } from './support/run-keyhole.ts';

const alice = member('alice');
const bob = member('bob');
const old = member('old');
const everybody = [alice, bob, old];

let home: string;
let root: string;

const keyhole = (...words: readonly string[]): Ran => runKeyhole(words, { home, cwd: root });
const bytes = (file: string): Buffer => readFileSync(path.join(root, file));
const contentOf = (file: string): string => `value of ${file}\n`;
const changed = (): readonly string[] => git(root, 'diff', '--name-only').split('\n').filter(Boolean);
const stanzas = (file: string): number => {
  const header = parseHeader(bytes(file));
  return header.ok ? header.value.stanzas.length : 0;
};

/** A repository whose files are for some while the rules give all of them to alice and bob. They know old, too. */
async function repositoryOf(
  files: Readonly<Record<string, readonly Member[]>>,
  rules = rulesFor(everybody, {
    ...Object.fromEntries(Object.keys(files).map((file) => [file, [alice, bob]])),
    'new.age': [old],
  }),
): Promise<void> {
  const content: Record<string, string | Uint8Array> = { 'secrets.nix': rules };
  for (const [file, readers] of Object.entries(files)) {
    content[file] = await encrypted(contentOf(file), readers, file.startsWith('armored/'));
  }
  root = path.join(home, 'repository');
  mkdirSync(root);
  gitRepository(content, root);
}

beforeEach(() => {
  home = temporaryDirectory();
  mkdirSync(path.join(home, '.ssh'));
  for (const { name, privateFile } of everybody)
    writeFileSync(path.join(home, name), privateFile, { mode: 0o600 });
  writeFileSync(path.join(home, '.ssh/id_ed25519'), alice.privateFile, { mode: 0o600 });
});

const drifted = {
  'a.age': [alice, old],
  'armored/b.age': [alice],
  'hosts/c.age': [alice, bob],
} as const;

describe('rekey', () => {
  test('writes what differs from the rules and nothing else; undo takes it back', async () => {
    await repositoryOf(drifted);
    const ran = keyhole('rekey');
    expect(ran).toMatchObject({
      status: 0,
      text: 'replaced\ta.age\t2 → 2 + bob - old\nreplaced\tarmored/b.age\t1 → 2 + bob\n',
    });
    expect(ran.stderr).toContain('give these another value: a.age');
    expect(ran.stderr).not.toContain('b.age');
    expect(changed()).toEqual(['a.age', 'armored/b.age']);
    expect(bytes('armored/b.age').toString()).toMatch(/^-----BEGIN AGE/);
    for (const file of Object.keys(drifted)) expect(keyhole('get', file).text).toBe(contentOf(file));
    expect(keyhole('list', '--state', 'drift').text).toBe('');
    expect(keyhole('rekey').text).toBe('unchanged\t3 files have the readers that the rules declare\n');
    expect(keyhole('undo').status).toBe(0);
    expect(changed()).toEqual([]);
  });

  test('--dry-run says the same as JSON and writes nothing', async () => {
    await repositoryOf(drifted);
    const { status, text } = keyhole('rekey', '--dry-run', '--json');
    expect(status).toBe(0);
    const plan = JSON.parse(text);
    expect(plan).toMatchObject({ ok: true, label: 'rekey 2 files', rotate: ['a.age'], skipped: [] });
    expect(plan.steps[0].readerChange).toMatchObject({
      before: 2,
      after: 2,
      gains: [{ name: 'bob' }],
      loses: [{ name: 'old', kind: 'ssh-ed25519' }],
    });
    expect(changed()).toEqual([]);
  });

  test('only what is named, or of one reader; --all also what is right', async () => {
    await repositoryOf(drifted);
    expect(keyhole('rekey', 'armored/b.age').status).toBe(0);
    expect(changed()).toEqual(['armored/b.age']);
    expect(keyhole('rekey', '--reader', 'old').text).toContain('a.age');
    expect(keyhole('rekey', '--reader', 'old').text).toMatch(/^unchanged/);
    expect(keyhole('rekey', '--all').text.split('\n')).toHaveLength(4);
    expect(changed()).toEqual(['a.age', 'armored/b.age', 'hosts/c.age']);
    expect(keyhole('rekey', '--reader', 'nobody').status).toBe(10);
    expect(keyhole('rekey', 'c.age')).toMatchObject({ status: 10 });
  });

  test('leaves anonymous readers whose number is right, and says so', async () => {
    const anonymous = generateX25519().recipient.id;
    const rules = `{ "x.age".publicKeys = [ "${alice.publicLine}" "${anonymous}" ]; }\n`;
    await repositoryOf({}, rules);
    writeFileSync(path.join(root, 'x.age'), await encrypted('x', [alice, generateX25519().recipient.id]));
    const ran = keyhole('rekey');
    expect(ran.text).toBe('unchanged\tnothing to write\n');
    expect(ran.stderr).toContain('1 file left, whose anonymous readers are as many as the rules say');
    const before = bytes('x.age');
    expect(keyhole('rekey', '--all').status).toBe(0);
    expect(bytes('x.age')).not.toEqual(before);
  });

  test('a file that does not open stops all of it, and is named; --partial writes the others', async () => {
    await repositoryOf({ 'a.age': [alice, old], 'b.age': [bob, old], 'c.age': [alice, old] });
    const refused = keyhole('rekey', '--json');
    expect(refused.status).toBe(11);
    expect(JSON.parse(refused.text).error).toMatchObject({ code: 'no-key', where: 'b.age' });
    expect(changed()).toEqual([]);
    const partial = keyhole('rekey', '--partial', '--json');
    expect(partial.status).toBe(11);
    expect(JSON.parse(partial.text)).toMatchObject({
      ok: false,
      changed: true,
      files: [{ path: 'a.age' }, { path: 'c.age' }],
      skipped: [{ path: 'b.age', code: 'no-key' }],
    });
    expect(changed()).toEqual(['a.age', 'c.age']);
  });

  test('damaged, missing and unruled files are left, and refused where they are named', async () => {
    await repositoryOf(drifted);
    writeFileSync(path.join(root, 'hosts/c.age'), 'not an age file');
    writeFileSync(path.join(root, 'a.age'), '');
    execFileSync('rm', [path.join(root, 'armored/b.age')]);
    writeFileSync(path.join(root, 'hosts/orphan.age'), await encrypted('x', [alice]));
    git(root, 'add', '-A');
    const ran = keyhole('rekey');
    expect(ran).toMatchObject({ status: 0, text: 'unchanged\tnothing to write\n' });
    expect(ran.stderr).toContain('2 damaged files left: a.age, hosts/c.age');
    expect(ran.stderr).toContain('2 rules without a file: armored/b.age, new.age');
    expect(ran.stderr).toContain('1 file left, which no rule names: hosts/orphan.age');
    expect(keyhole('rekey', 'hosts/c.age').status).toBe(20);
    expect(keyhole('rekey', 'armored/b.age').status).toBe(10);
    expect(keyhole('rekey', 'hosts/orphan.age').status).toBe(12);
    expect(keyhole('rekey', '--all').status).toBe(20);
  });

  test('a file that nobody here could read afterwards needs to be meant', async () => {
    await repositoryOf({ 'a.age': [alice, bob] }, `{ "a.age".publicKeys = [ "${bob.publicLine}" ]; }\n`);
    expect(keyhole('rekey').status).toBe(13);
    expect(changed()).toEqual([]);
    expect(keyhole('rekey', '--allow-unreadable').status).toBe(0);
    expect(keyhole('get', 'a.age').status).toBe(11);
  });
});

describeWithPeers('200 files, of which one does not open', ['age'], () => {
  const count = 200;
  const names = Array.from({ length: count }, (_, index) => `s/${String(index).padStart(3, '0')}.age`);
  const stuck = names[120] ?? '';

  test('nothing changes; --partial changes 199, which the new reader reads and the old one does not', async () => {
    await repositoryOf(
      Object.fromEntries(names.map((name) => [name, name === stuck ? [bob, old] : [alice, old]])),
    );
    const refused = keyhole('rekey');
    expect(refused.status).toBe(11);
    expect(refused.stderr).toContain(stuck);
    expect(refused.stderr).toContain('nothing was changed');
    expect(changed()).toEqual([]);
    const partial = keyhole('rekey', '--partial');
    expect(partial.status).toBe(11);
    expect(partial.stderr).toContain(`${stuck}: left as it is`);
    expect(changed()).toEqual(names.filter((name) => name !== stuck));
    const age = (reader: string, name: string) =>
      spawnSync('age', ['-d', '-i', path.join(home, reader), path.join(root, name)], { encoding: 'utf8' });
    for (const name of ['s/000.age', 's/119.age', 's/199.age']) {
      expect(stanzas(name)).toBe(2);
      expect(age('bob', name)).toMatchObject({ status: 0, stdout: contentOf(name) });
      expect(age('alice', name).stdout).toBe(contentOf(name));
      expect(age('old', name)).toMatchObject({ status: 1, stdout: '' });
    }
    expect(age('old', stuck).stdout).toBe(contentOf(stuck));
    expect(keyhole('undo').status).toBe(0);
    expect(changed()).toEqual([]);
    expect(age('old', 's/000.age').stdout).toBe(contentOf('s/000.age'));
  }, 60_000);
});
