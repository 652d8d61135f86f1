import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { findingRuleNames } from '../../src/core/audit/finding-rules.ts';
import { encrypted, member } from '../support/agenix-repository.ts';
import { type Files, gitRepository } from '../support/git-repository.ts';
import { runKeyhole } from './support/run-keyhole.ts';

const [alice, bob, carol] = ['alice', 'bob', 'carol'].map((name) => member(name));
if (!alice || !bob || !carol) throw new Error('three members');

const file = await encrypted('not a secret', [alice, bob]);
const [a, b, c] = [alice.publicLine, bob.publicLine, carol.publicLine];
const people = `alice = "${a}"; bob = "${b}";`;
const rules = `let ${people} in { "db.age".publicKeys = [ alice bob ]; }`;
/** Nothing is wrong here. */
const clean: Files = { 'secrets.nix': rules, 'db.age': file };

function repository(files: Files): string {
  const root = realpathSync(mkdtempSync(path.join(tmpdir(), 'keyhole-check-')));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  return gitRepository(files, root);
}

const check = (root: string, ...words: readonly string[]) =>
  runKeyhole(['check', '--no-default-identities', ...words], { home: root, cwd: root });

interface Found {
  readonly rule: string;
  readonly kind: string;
  readonly severity: string;
  readonly subject: string;
  readonly evidence: string;
  readonly file: string | null;
  readonly line: number | null;
}

/** Everything in `files` beside what is clean, as the built program finds it. */
function findingsIn(files: Files, ...words: readonly string[]): readonly Found[] {
  const ran = check(repository({ ...clean, ...files }), '--json', ...words);
  const { findings } = JSON.parse(ran.text) as { findings: readonly Found[] };
  expect(ran.status).toBe(findings.length === 0 ? 0 : 14);
  return findings;
}

const inShort = (found: readonly Found[]): readonly string[] =>
  found.map(({ rule, subject }) => `${rule} ${subject}`);

/** One character in the middle of a key becomes another one. */
const mistyped = (key: string): string => {
  const at = key.indexOf(' ') + 50;
  return `${key.slice(0, at)}${key[at] === 'A' ? 'B' : 'A'}${key.slice(at + 1)}`;
};

const rulesWith = (bindings: string, entry: string): Files => ({
  'secrets.nix': `let ${people} ${bindings} in { "db.age".publicKeys = [ alice bob ]; ${entry} }`,
});

const module = (body: string): Files => ({ 'hosts/web.nix': `{ lib, ... }: { ${body} }` });

describe('a repository in which nothing is wrong', () => {
  test('gives no finding', () => {
    expect(findingsIn({})).toEqual([]);
  });
});

interface Case {
  readonly rule: string;
  readonly bad: Files;
  readonly subject: string;
  /** Nearly the same, and right. */
  readonly good: Files;
}

const armored = await encrypted('not a secret', [alice, bob], true);
const cases: readonly Case[] = [
  {
    rule: 'drift',
    bad: { 'db.age': await encrypted('x', [alice, bob, carol]) },
    subject: 'db.age',
    good: { 'db.age': await encrypted('x', [bob, alice]) },
  },
  {
    rule: 'missing',
    bad: rulesWith('', '"web.age".publicKeys = [ alice bob ];'),
    subject: 'web.age',
    good: { ...rulesWith('', '"web.age".publicKeys = [ alice bob ];'), 'web.age': file },
  },
  { rule: 'orphan', bad: { 'lost.age': file }, subject: 'lost.age', good: { 'lost.txt': 'a note' } },
  { rule: 'damaged', bad: { 'db.age': 'rubble' }, subject: 'db.age', good: { 'db.age': armored } },
  {
    rule: 'problem',
    bad: { 'more/secrets.nix': '{ "x.age".publicKeys = [ ' },
    subject: 'more/secrets.nix:1',
    good: { 'more/secrets.nix': '{ }' },
  },
  {
    rule: 'duplicate-key',
    bad: { 'secrets.nix': `let ${people} in { "db.age".publicKeys = [ alice bob alice ]; }` },
    subject: 'db.age',
    good: {},
  },
  {
    rule: 'look-alike-key',
    bad: {
      ...rulesWith(`eve = "${mistyped(a)}";`, '"x.age".publicKeys = [ alice eve ];'),
      'x.age': await encrypted('x', [alice, bob]),
    },
    subject: 'alice, eve',
    good: {
      ...rulesWith(`eve = "${c}";`, '"x.age".publicKeys = [ alice eve ];'),
      'x.age': await encrypted('x', [alice, carol]),
    },
  },
  {
    rule: 'look-alike-key',
    bad: { ...rulesWith(`admin = "${a}";`, '"x.age".publicKeys = [ admin bob ];'), 'x.age': file },
    subject: 'alice, admin',
    good: { ...rulesWith('admin = alice;', '"x.age".publicKeys = [ admin bob ];'), 'x.age': file },
  },
  {
    rule: 'unsupported-key',
    bad: rulesWith('', `"x.age".publicKeys = [ alice "ecdsa-sha2-nistp256 ${'AAAAE2Vj'}" ];`),
    subject: 'ecdsa-sha2-nistp256 …E2Vj',
    good: {},
  },
  {
    rule: 'placeholder-key',
    bad: rulesWith('eve = "ssh-ed25519 AAAA...";', '"x.age".publicKeys = [ alice eve ];'),
    subject: 'eve',
    good: rulesWith(`eve = "${c}";`, '"x.age".publicKeys = [ alice eve ];'),
  },
  {
    rule: 'single-reader',
    bad: { ...rulesWith('', '"x.age".publicKeys = [ bob ];'), 'x.age': await encrypted('x', [bob]) },
    subject: 'x.age',
    good: { ...rulesWith('', '"x.age".publicKeys = [ bob alice ];'), 'x.age': file },
  },
  {
    rule: 'unused-reader',
    bad: rulesWith(`carol = "${c}";`, ''),
    subject: 'carol',
    good: {
      ...rulesWith(`carol = "${c}";`, '"x.age".publicKeys = [ alice carol ];'),
      'x.age': await encrypted('x', [alice, carol]),
    },
  },
  {
    rule: 'broken-reference',
    bad: module('age.secrets.web.file = ../web.age;'),
    subject: 'web.age',
    good: module(
      'age.secrets.db.file = ../db.age; # ../gone.age\n  x = lib.optional (builtins.pathExists ../maybe.age) ../maybe.age; y = "../text.age";',
    ),
  },
  {
    rule: 'broken-reference',
    bad: module('age.secrets.web.file = "${self}/web.age";'),
    subject: 'web.age',
    good: module(
      'age.secrets.db.file = "${self}/db.age"; age.secrets.x = lib.mkIf (builtins.pathExists (self + "/x.age")) { file = self + "/x.age"; };',
    ),
  },
  {
    rule: 'armor',
    bad: rulesWith('', '"db.age".armor = true;'),
    subject: 'db.age',
    good: { ...rulesWith('', '"db.age".armor = true;'), 'db.age': armored },
  },
  {
    rule: 'armor',
    bad: { ...rulesWith('', '"db.age".armor = false;'), 'db.age': armored },
    subject: 'db.age',
    good: { 'db.age': armored },
  },
  {
    rule: 'plaintext',
    bad: { 'db.env': 'TOKEN=not-real\n' },
    subject: 'db.env',
    good: { db: armored, 'db.txt': '', 'other.env': 'A=1\n', 'db.json': '{}' },
  },
  {
    rule: 'world-readable',
    bad: module('age.secrets = lib.mkIf true { db = { file = ../db.age; mode = "0444"; }; };'),
    subject: 'db',
    good: module(
      'age.secrets.db = { file = ../db.age; mode = "0440"; }; environment.etc.secrets.x.mode = "0444";',
    ),
  },
  {
    rule: 'ignore-malformed',
    bad: { '.keyhole-ignore': 'orphan lost.age\n' },
    subject: '.keyhole-ignore:1',
    good: { '.keyhole-ignore': '# nothing yet\n\n' },
  },
  {
    rule: 'ignore-expired',
    bad: { 'lost.age': file, '.keyhole-ignore': 'orphan lost.age 2020-02-29 until the move\n' },
    subject: 'orphan lost.age',
    good: { 'lost.age': file, '.keyhole-ignore': 'orphan lost.age 9999-12-31 until the move\n' },
  },
  {
    rule: 'ignore-unused',
    bad: { '.keyhole-ignore': 'orphan lost.age - moved\n' },
    subject: 'orphan lost.age',
    good: { 'lost.age': file, '.keyhole-ignore': 'orphan lost.age - moved\n' },
  },
];

describe('each rule', () => {
  test.each(cases)('$rule: $subject', ({ rule, bad, subject, good }) => {
    expect(inShort(findingsIn(bad))).toContain(`${rule} ${subject}`);
    expect(inShort(findingsIn(good)).filter((line) => line.startsWith(`${rule} `))).toEqual([]);
  });

  test('is tried here', () => {
    expect(new Set(cases.map(({ rule }) => rule))).toEqual(
      // That one is a matter of history: rotation.test.ts.
      new Set(findingRuleNames.filter((rule) => rule !== 'rotate')),
    );
  });
});

describe('a finding', () => {
  test('says where to look', () => {
    const found = findingsIn(module('\n\n age.secrets.web.file = ../web.age;'));
    expect(found).toMatchObject([{ file: 'hosts/web.nix', line: 3, evidence: 'hosts/web.nix:3' }]);
  });

  test('is left out below a severity, and the status follows', () => {
    const files = { 'lost.age': file, 'db.env': 'TOKEN=not-real\n' };
    expect(findingsIn(files)).toHaveLength(2);
    expect(inShort(findingsIn(files, '--severity', 'medium'))).toEqual(['plaintext db.env']);
    const root = repository({ ...clean, 'lost.age': file });
    expect(check(root, '--severity', 'medium')).toMatchObject({
      status: 0,
      text: '',
      stderr: 'keyhole: 2 secrets checked, 0 findings\nkeyhole: not told: 1 of a lower severity\n',
    });
  });
});

describe('the ignore file', () => {
  const lost = { 'old/a.age': file, 'old/b.age': file, 'old/with space.age': file };
  const ignored = (text: string) => inShort(findingsIn({ ...lost, '.keyhole-ignore': text }));

  test('takes rule, kind, pattern and quoted subject', () => {
    expect(ignored('orphan old/* - archive')).toEqual([]);
    expect(ignored('orphan old/a.age - x\norphan "old/with space.age" - x\r\n')).toEqual([
      'orphan old/b.age',
    ]);
    expect(ignored('drift old/* - x')).toEqual([
      'ignore-unused drift old/*',
      'orphan old/a.age',
      'orphan old/b.age',
      'orphan old/with space.age',
    ]);
    const extra = { 'db.age': cases[0]?.bad['db.age'] ?? '', '.keyhole-ignore': 'extra-reader db.age - x' };
    expect(findingsIn(extra)).toEqual([]);
  });

  test('leaves no trace of its reasons out', () => {
    const root = repository({
      ...clean,
      ...lost,
      '.keyhole-ignore': 'orphan old/* 9999-12-31 kept for the auditors',
    });
    const ran = check(root, '--json');
    const { ignored: told, summary } = JSON.parse(ran.text);
    expect(told).toHaveLength(3);
    expect(told[0]).toMatchObject({
      subject: 'old/a.age',
      reason: 'kept for the auditors',
      until: '9999-12-31',
    });
    expect(summary).toMatchObject({ findings: 0, ignored: 3 });
    expect(ran.stderr).toContain('3 ignored by .keyhole-ignore');
  });

  test.each([
    ['an unknown rule', 'spelling x - why'],
    ['a day that is none', 'orphan x 2026-02-30 why'],
    ['no reason', 'orphan x -'],
    ['its own rules', 'ignore-unused x - why'],
    ['a broken quote', 'orphan "x\\q" - why'],
  ])('with %s ignores nothing by that line', (_, line) => {
    expect(ignored(line)).toContain('ignore-malformed .keyhole-ignore:1');
  });

  test('that is hostile is bounded', () => {
    const many = `${'orphan ************a*b*c*d*e*f*?? - x\n'.repeat(3000)}`;
    expect(ignored(many)).toContain('ignore-malformed .keyhole-ignore:1001');
    expect(ignored('orphan old/* - x\n'.padEnd(300_000, '#'))).toContain('ignore-malformed .keyhole-ignore');
    expect(inShort(findingsIn({ '.keyhole-ignore': new Uint8Array([0xff, 0xfe]) }))).toEqual([
      'ignore-malformed .keyhole-ignore',
    ]);
  });
});

describe('hostile Nix files', () => {
  test('are passed over, and the rest is read', () => {
    const found = findingsIn({
      'f.nix': `[ ${'[ ] '.repeat(250_000)} ./far.age ]`,
      'a.nix': `${'['.repeat(5000)} ./x.age`,
      'b.nix': './x.age { ',
      'c.nix': `x = ${'a ++ '.repeat(50_000)} [ ./far.age ]`,
      'd.nix': '[ ../../../etc/passwd.age /etc/x.age ~/y.age ./${x}.age ]',
      'e.nix': `{ a = ${Array.from({ length: 400 }, () => '[ ]').join(' ++ ')} ++ [ ./seen.age ]; }`,
    });
    expect(inShort(found)).toEqual(['broken-reference far.age', 'broken-reference seen.age']);
  });
});
