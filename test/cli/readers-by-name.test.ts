import { mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { encrypted, member } from '../support/agenix-repository.ts';
import { gitRepository } from '../support/git-repository.ts';
import { describeWithPeers } from '../support/peers.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';
import { onlyFirstWrite } from './support/first-write.ts';
import { type Ran, runKeyhole } from './support/run-keyhole.ts';

const [alice, bob, web] = ['alice', 'bob', 'web1'].map((name) => member(name));
if (!alice || !bob || !web) throw new Error('three members');

function repository(files: Readonly<Record<string, string | Uint8Array>>) {
  const root = realpathSync(mkdtempSync(path.join(tmpdir(), 'keyhole-readers-')));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  const home = temporaryDirectory();
  gitRepository({ ...files, key: alice?.privateFile ?? '' }, root);
  const text = (name: string): string => readFileSync(path.join(root, name), 'utf8');
  const keyhole = (...words: readonly string[]): Ran =>
    runKeyhole([...words, '-i', 'key'], { home, cwd: root, input: 'a value' });
  const readers = (file: string): readonly string[] =>
    JSON.parse(keyhole('list', '--json', file).text).secrets[0].recipients.declared.map(
      (one: { name: string }) => one.name,
    );
  return { text, keyhole, readers };
}

const grouped = `let
  users = { alice = "${alice.publicLine}"; bob = "${bob.publicLine}"; };
  hosts = { web1 = "${web.publicLine}"; };
  everybody = builtins.attrValues users; # people
in
{
  # databases
  "db/one.age".publicKeys = everybody ++ [ hosts.web1 ];
  "db/two.age".publicKeys = [ users.alice ];

  "web/tls.age".publicKeys = [ hosts.web1 users.alice ];
}
`;

describe('readers are named as the rules name them', () => {
  test('by group, by select, and by the end of one', () => {
    const { text, keyhole, readers } = repository({ 'secrets.nix': grouped });
    expect(keyhole('new', 'db/three.age', '--to', 'everybody', '--to', 'web1').stderr).toEqual(
      onlyFirstWrite,
    );
    expect(text('secrets.nix')).toContain('  "db/three.age".publicKeys = everybody ++ [ hosts.web1 ];\n');
    expect(readers('db/three.age')).toEqual(['alice', 'bob', 'web1']);
    expect(keyhole('new', 'web/key.age', '--to', 'users.alice').status).toBe(0);
    expect(text('secrets.nix')).toContain('  "web/key.age".publicKeys = [ users.alice ];\n');
    expect(text('secrets.nix')).toContain('# people\n');
  });

  test('and copied as they are written', async () => {
    const { text, keyhole } = repository({
      'secrets.nix': grouped,
      'db/one.age': await encrypted('one', [alice, bob, web]),
    });
    expect(keyhole('cp', 'db/one.age', 'db/copy.age').stderr).toBe('');
    expect(text('secrets.nix')).toContain('  "db/copy.age".publicKeys = everybody ++ [ hosts.web1 ];\n');
  });

  test('not where two fit, or one twice', () => {
    const twice = grouped.replace('hosts = { web1', 'hosts = { alice = users.bob; web1');
    const { keyhole } = repository({ 'secrets.nix': twice });
    const ran = keyhole('new', 'x.age', '--to', 'alice');
    expect(ran.status).toBe(10);
    expect(ran.stderr).toMatch(/alice fits 2 readers[\s\S]*users\.alice/);
    const both = keyhole('new', 'x.age', '--to', 'everybody,users.alice');
    expect(both.status).toBe(2);
  });
});

describe('rules in a directory of their own', () => {
  test('name files from there, and so does what is added', async () => {
    const rules = `let alice = "${alice.publicLine}"; in { "db.age".publicKeys = [ alice ]; }\n`;
    const { text, keyhole } = repository({
      'secrets/secrets.nix': rules,
      'secrets/db.age': await encrypted('db', [alice]),
    });
    expect(keyhole('new', 'secrets/new.age', '--to', 'alice')).toMatchObject({
      status: 0,
      text: 'created\tsecrets/new.age\nreplaced\tsecrets/secrets.nix\n',
    });
    expect(text('secrets/secrets.nix')).toContain('"new.age".publicKeys = [ alice ];');
    expect(keyhole('get', 'secrets/new.age').text).toBe('a value');
    expect(keyhole('mv', 'secrets/db.age', 'secrets/deep/db.age').status).toBe(0);
    expect(text('secrets/secrets.nix')).toContain('"deep/db.age".publicKeys');
    expect(keyhole('check', '--severity', 'medium').status).toBe(0);
  });
});

describe('of several rules files', () => {
  test('the nearest gets the entry, and where none is nearer one must be named', async () => {
    const rules = (name: string) =>
      `let alice = "${alice.publicLine}"; in { "${name}.age".publicKeys = [ alice ]; }\n`;
    const { text, keyhole } = repository({
      'a/secrets.nix': rules('one'),
      'b/secrets.nix': rules('two'),
      'a/one.age': await encrypted('one', [alice]),
      'b/two.age': await encrypted('two', [alice]),
    });
    expect(keyhole('new', 'b/new.age', '--to', 'alice').stderr).toEqual(onlyFirstWrite);
    expect(text('b/secrets.nix')).toContain('"new.age"');
    expect(keyhole('new', 'new.age', '--to', 'alice')).toMatchObject({ status: 10 });
    expect(keyhole('new', 'new.age', '--to', 'alice', '--rules', 'a/secrets.nix').status).toBe(0);
    expect(text('a/secrets.nix')).toContain('"../new.age"');
    expect(keyhole('get', 'new.age').text).toBe('a value');
  });
});

describeWithPeers('somebody who does not say for whom', ['git'], () => {
  test('is told whom the rules name', () => {
    const { keyhole } = repository({ 'secrets.nix': grouped });
    const ran = keyhole('new', 'x.age');
    expect(ran.status).toBe(13);
    expect(ran.stderr).toMatch(/--to; the rules name (users\.alice|hosts\.web1|everybody), /);
  });
});
