/* biome-ignore-all lint/suspicious/noTemplateCurlyInString: it is Nix text */
import { describe, expect, test } from 'vitest';
import { readRules } from '../../src/store/nix/read-rules.ts';
import type { DeclaredKey, RulesReading } from '../../src/store/nix/rules-reading.ts';
import { memoryFiles } from './support/memory-files.ts';

function readingOf(files: Readonly<Record<string, string>>): RulesReading {
  const result = readRules({ root: '/r', rulesPath: '/r/secrets.nix', files: memoryFiles(files) });
  if (!result.ok) throw new Error(result.error.says);
  return result.value;
}

function keysOf(text: string, others: Readonly<Record<string, string>> = {}): readonly DeclaredKey[] {
  const [entry] = readingOf({ 'secrets.nix': text, ...others }).entries;
  return entry?.publicKeys ?? [];
}

const names = (keys: readonly DeclaredKey[]) =>
  keys.map((key) => key.names.map(({ text, source }) => `${source} ${text}`).join(', '));

describe('a key is called', () => {
  test.each([
    ['by its let', 'let alice = "K"; in { a.publicKeys = [ alice ]; }', 'binding alice'],
    [
      'by its place in a set',
      'let users.alice = "K"; in { a.publicKeys = [ users.alice ]; }',
      'attribute alice',
    ],
    [
      'by the part of the path that says whose it is',
      'let hosts.web1.publicKey = "K"; in { a.publicKeys = [ hosts.web1.publicKey ]; }',
      'attribute web1',
    ],
    [
      'by both, the first name first',
      'let alice = "K"; all.admin = alice; in { a.publicKeys = [ all.admin ]; }',
      'binding alice, attribute admin',
    ],
    [
      'by the list that is one person’s',
      'let alice = [ "K" "L" ]; in { a.publicKeys = alice; }',
      'binding alice|binding alice',
    ],
    ['by nothing when the list is many’s', 'let users = [ "K" ]; in { a.publicKeys = users; }', ''],
    ['by the comment behind it', '{ a.publicKeys = [\n "K" # alice laptop\n]; }', 'comment alice laptop'],
    ['by the comment above it', '{ a.publicKeys = [\n # bob\n "K"\n]; }', 'comment bob'],
    ['not by a comment about something else', '{ a.publicKeys = [\n # people\n\n "K"\n]; }', ''],
    ['not by the comment of its neighbour', '{ a.publicKeys = [\n "J" # alice\n "K"\n]; }', 'comment alice|'],
    ['through with', 'let u = { alice = "K"; }; in with u; { a.publicKeys = [ alice ]; }', 'attribute alice'],
    [
      'through inherit',
      'let inherit ({ alice = "K"; }) alice; in { a.publicKeys = [ alice ]; }',
      'attribute alice',
    ],
    [
      'through attrValues',
      'let u = { alice = "K"; }; in { a.publicKeys = builtins.attrValues u; }',
      'attribute alice',
    ],
    [
      'through map, filter and interpolation',
      'let alice = "K"; in { a.publicKeys = map (k: "ssh ${k}") (builtins.filter (k: k != "") [ alice ]); }',
      'binding alice',
    ],
    [
      'through listToAttrs',
      'let u = builtins.listToAttrs [ { name = "alice"; value = "K"; } ]; in { a.publicKeys = [ u.alice ]; }',
      'attribute alice',
    ],
    [
      'through split and head',
      'let alice = "K x"; in { a.publicKeys = [ (builtins.head (builtins.split " " alice)) ]; }',
      'binding alice',
    ],
    [
      'by a name from JSON',
      'let u = builtins.fromJSON "{\\"alice\\":\\"K\\"}"; in { a.publicKeys = [ u.alice ]; }',
      'attribute alice',
    ],
  ])('%s', (_, text, expected) => {
    expect(names(keysOf(text)).join('|')).toBe(expected);
  });

  test('by its .pub file, and its directory where the file’s name is generic', () => {
    const text = `{ a.publicKeys = map builtins.readFile [ ./keys/alice.pub ./hosts/web1/ssh_host_ed25519_key.pub ]; }`;
    const files = { 'keys/alice.pub': 'K\n', 'hosts/web1/ssh_host_ed25519_key.pub': 'L\n' };
    expect(names(keysOf(text, files))).toEqual(['pub-file alice', 'pub-file web1']);
  });
});

describe('a key was written', () => {
  test('where its literal stands, to the byte', () => {
    const text = 'let\n  # ü\n  alice = "K";\nin { a.publicKeys = [ alice ]; }';
    const [key] = keysOf(text);
    expect(key?.written).toEqual({
      file: 'secrets.nix',
      line: 3,
      column: 11,
      start: Buffer.byteLength(text.slice(0, text.indexOf('"K"'))),
      end: Buffer.byteLength(text.slice(0, text.indexOf('"K"'))) + 3,
    });
    expect(key?.names[0]?.at).toEqual({ file: 'secrets.nix', line: 3, column: 3 });
  });

  test('on its line of the file it was read from', () => {
    const keys = keysOf('{ a.publicKeys = [ (builtins.readFile ./k/authorized_keys) ]; }', {
      'k/authorized_keys': '\nK one\n  L two\n',
    });
    expect(keys.map(({ written }) => written)).toEqual([
      { file: 'k/authorized_keys', line: 2, column: 1, start: 1, end: 6 },
      { file: 'k/authorized_keys', line: 3, column: 3, start: 9, end: 14 },
    ]);
  });
});

describe('groups', () => {
  const text = `let
  alice = "K";
  bob = "L";
  admins = [ alice ];
  users = admins ++ [ bob ];
  hosts = { web1 = "M"; web2 = "N"; };
in
{
  "a.age".publicKeys = users ++ [ hosts.web1 ];
  "b.age".publicKeys = [ hosts.web2 bob ];
}
`;

  test('are the lists and sets that keys came through, with a guess at what they hold', () => {
    expect(readingOf({ 'secrets.nix': text }).groups).toEqual([
      {
        name: 'admins',
        kind: 'person',
        texts: ['K'],
        at: { file: 'secrets.nix', line: 4, column: 3 },
        evidence: 'list admins',
      },
      {
        name: 'users',
        kind: 'person',
        texts: ['K', 'L'],
        at: { file: 'secrets.nix', line: 5, column: 3 },
        evidence: 'list users',
      },
      {
        name: 'hosts',
        kind: 'host',
        texts: ['M', 'N'],
        at: { file: 'secrets.nix', line: 6, column: 13 },
        evidence: 'set hosts',
      },
    ]);
  });

  test('tell through which of them an entry grants a key, innermost first', () => {
    const [first] = readingOf({ 'secrets.nix': text }).entries;
    expect(first?.publicKeys.map(({ via }) => via.map(({ kind, name }) => `${kind} ${name}`))).toEqual([
      ['list admins', 'list users'],
      ['list users'],
      ['set hosts'],
    ]);
    const range = first?.publicKeys[1]?.via[0]?.value;
    expect(text.slice(range?.start, range?.end)).toBe('admins ++ [ bob ]');
  });

  test.each([
    ['systems', 'host'],
    ['allSystemKeys', 'host'],
    ['nixos-hosts', 'host'],
    ['admin_users', 'person'],
    ['usersAndHosts', 'unknown'],
    ['all', 'unknown'],
  ])('%s hold keys of kind %s', (name, kind) => {
    const { groups } = readingOf({
      'secrets.nix': `let ${name} = [ a ]; a = "K"; in { a.publicKeys = ${name}; }`,
    });
    expect(groups.map((group) => group.kind)).toEqual([kind]);
  });

  test('are also directories of .pub files', () => {
    const { groups } = readingOf({
      'secrets.nix': '{ a.publicKeys = [ (builtins.readFile ./keys/hosts/web1.pub) ]; }',
      'keys/hosts/web1.pub': 'K\n',
    });
    expect(groups).toEqual([{ name: 'hosts', kind: 'host', texts: ['K'], evidence: 'directory hosts' }]);
  });
});
