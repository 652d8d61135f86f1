import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { documentSchema } from '../../src/cli/schema/outputs.ts';
import { encrypted, type Member, member, rulesFor } from '../support/agenix-repository.ts';
import { git, gitRepository, writeFiles } from '../support/git-repository.ts';
import { describeWithPeers } from '../support/peers.ts';
import { runKeyhole } from './support/run-keyhole.ts';
import { mismatches } from './support/validate-schema.ts';

const [alice, bob, laptop, stranger] = ['alice', 'bob', 'laptop', 'stranger'].map((name) => member(name));
if (!alice || !bob || !laptop || !stranger) throw new Error('four members');
const now = [alice, bob];
const before = [alice, bob, laptop];
const ids = ['same.age', 'changed.age', 'partly.age', 'moved.age', 'kept.age', 'never.age'];
const rules = (readers: readonly Member[]): string =>
  rulesFor(readers, Object.fromEntries(ids.map((id) => [id, id === 'never.age' ? now : readers])));
const known = [...ids.filter((id) => id !== 'never.age'), 'orphan.age'].toSorted();
const canary = 'canary-7c1f';
let root = '';
let home = '';
let removal = '';
let first = '';

function commit(message: string): string {
  git(root, 'add', '-A');
  git(root, 'commit', '-q', '-m', message);
  return git(root, 'rev-parse', 'HEAD').trim();
}

beforeAll(async () => {
  [root = '', home = ''] = ['repository', 'home'].map((name) =>
    realpathSync(mkdtempSync(path.join(tmpdir(), `keyhole-audit-${name}-`))),
  );
  for (const one of [alice, stranger])
    writeFileSync(path.join(home, one.name), one.privateFile, { mode: 0o600 });
  const moved = await encrypted(`${canary} moved`, before);
  gitRepository(
    {
      'secrets.nix': rules(before).replace('moved.age', 'old/place.age'),
      'same.age': await encrypted(`${canary} same`, before),
      'changed.age': await encrypted(`${canary} old`, before),
      'partly.age': await encrypted(`PORT=1\nTOKEN=${canary}\n`, before),
      'old/place.age': moved,
      'kept.age': await encrypted(`${canary} kept`, before),
      'never.age': await encrypted(`${canary} never`, now),
      'orphan.age': await encrypted(`${canary} orphan`, before),
    },
    root,
  );
  first = git(root, 'rev-parse', 'HEAD').trim();
  rmSync(path.join(root, 'old'), { recursive: true });
  writeFiles(root, { 'moved.age': moved, 'secrets.nix': rules(before) });
  commit('a file moves');
  writeFiles(root, {
    'secrets.nix': rules(now),
    'same.age': await encrypted(`${canary} same`, now),
    'changed.age': await encrypted(`${canary} new`, now),
    'partly.age': await encrypted(`PORT=1\nTOKEN=${canary}-2\n`, now),
    'moved.age': await encrypted(`${canary} moved`, now),
  });
  removal = commit('the laptop is gone');
});
afterAll(() => {
  for (const directory of [root, home]) rmSync(directory, { recursive: true, force: true });
});

interface Rotation {
  readonly readers: readonly {
    readonly name: string | null;
    readonly key: string | null;
    readonly past: unknown;
    readonly secrets: readonly {
      readonly id: string;
      readonly value: string;
      readonly later: number;
      readonly versions: readonly { readonly commit: string; readonly path: string }[];
    }[];
  }[];
  readonly changed: number;
  readonly anonymous: number;
  readonly complete: boolean;
}

const keyhole = (...words: readonly string[]) =>
  runKeyhole([...words, '--no-default-identities'], { home, cwd: root });

function auditJson(...words: readonly string[]) {
  const ran = keyhole('audit', '--json', ...words);
  const printed = JSON.parse(ran.text) as {
    rotation: Rotation;
    findings: readonly { rule: string; subject: string }[];
  };
  expect(mismatches(documentSchema('audit'), printed)).toEqual([]);
  expect(ran.status).toBe(14);
  return printed;
}

const fates = ({ readers }: Rotation) =>
  Object.fromEntries(readers.flatMap(({ secrets }) => secrets.map(({ id, value }) => [id, value])));

describeWithPeers('the rotation queue', ['git'], () => {
  test('is made of history: who was taken away, and what that reader could open', () => {
    const { rotation, findings } = auditJson();
    expect(rotation.readers).toHaveLength(1);
    const [reader] = rotation.readers;
    expect(reader).toMatchObject({
      name: 'laptop',
      key: laptop.id,
      past: { file: 'secrets.nix', commit: removal, date: '2024-03-01', did: 'removed' },
    });
    // Of the orphan alice and bob are no former readers: they still read something.
    expect(reader?.secrets.map(({ id }) => id).toSorted()).toEqual(known);
    expect(reader?.secrets.find(({ id }) => id === 'same.age')).toEqual({
      id: 'same.age',
      value: 'unknown',
      versions: [{ commit: first, date: '2024-03-01', path: 'same.age' }],
      later: 1,
    });
    const rotate = findings.filter(({ rule }) => rule === 'rotate').map(({ subject }) => subject);
    expect(rotate.toSorted()).toEqual(known);
  });

  test('follows a file that was moved', () => {
    const moved = auditJson().rotation.readers[0]?.secrets.find(({ id }) => id === 'moved.age');
    expect(moved?.versions.map((version) => version.path)).toContain('moved.age');
    expect(moved?.later).toBe(1);
  });

  test('knows nothing of values without a key that opens both', () => {
    const unknown = {
      'same.age': 'unknown',
      'changed.age': 'unknown',
      'partly.age': 'unknown',
      'moved.age': 'unknown',
    };
    expect(fates(auditJson().rotation)).toEqual({
      ...unknown,
      'kept.age': 'readable',
      'orphan.age': 'readable',
    });
    const other = auditJson('-i', path.join(home, 'stranger')).rotation;
    expect(fates(other)).toEqual({ ...unknown, 'kept.age': 'readable', 'orphan.age': 'readable' });
    expect(other.changed).toBe(0);
  });

  test('leaves out what a key here proves to be changed, and nothing else', () => {
    const { rotation } = auditJson('-i', path.join(home, 'alice'));
    expect(fates(rotation)).toEqual({
      'same.age': 'same',
      'partly.age': 'partly',
      'moved.age': 'same',
      'kept.age': 'readable',
      'orphan.age': 'readable',
    });
    expect(rotation.changed).toBe(1);
  });

  test('shows no value', () => {
    const identity = path.join(home, 'alice');
    expect(keyhole('get', 'same.age', '-i', identity).text).toContain(canary);
    for (const words of [[], ['--json'], ['--format', 'sarif'], ['--format', 'github']]) {
      const { text, stderr } = keyhole('audit', '-i', identity, ...words);
      expect(text).toContain('same.age');
      expect(text + stderr).not.toContain(canary);
    }
  });

  test('is told to a person, worst first', () => {
    const ran = keyhole('audit');
    const [worst = '', drift = ''] = ran.text.split('\n').filter((line) => line.includes('kept.age'));
    expect([worst, drift].map((line) => line.split('\t').slice(0, 2).join(' ')).toSorted()).toEqual([
      'high drift',
      'high rotate',
    ]);
    expect(ran.text).toContain(
      `laptop (removed from secrets.nix by ${removal.slice(0, 7)} on 2024-03-01): 1 version up to ${first.slice(0, 7)} of 2024-03-01, 1 since`,
    );
    expect(ran.stderr).toContain('laptop knows values of 6 secrets\n');
    expect(ran.stderr).toContain('6 secrets to rotate, as far as the history tells\n');
  });

  test('takes no part in check, whose ignore file may speak of it', () => {
    writeFileSync(path.join(root, '.keyhole-ignore'), 'rotate *.age - changed by hand\n');
    try {
      const checked = JSON.parse(keyhole('check', '--json').text);
      expect(checked.findings.map(({ rule }: { rule: string }) => rule)).toEqual(['drift', 'orphan']);
      const { findings } = auditJson();
      expect(findings.map(({ rule }) => rule)).toEqual(['drift', 'orphan']);
    } finally {
      rmSync(path.join(root, '.keyhole-ignore'));
    }
  });
});

describe('what cannot be known', () => {
  const run = (directory: string) => {
    const ran = runKeyhole(['audit', '--json', '--no-default-identities'], { home, cwd: directory });
    return { ...JSON.parse(ran.text), stderr: ran.stderr };
  };

  test('is said of a shallow clone', () => {
    const clone = path.join(home, 'clone');
    git(root, '-c', 'protocol.file.allow=always', 'clone', '-q', '--depth', '1', `file://${root}`, clone);
    const { rotation, stderr } = run(clone);
    expect(rotation).toMatchObject({ complete: false });
    expect(stderr).toContain('this clone is shallow');
  });

  test('is said of readers by age keys, whom no file tells apart', async () => {
    const native = 'age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujwj';
    const directory = path.join(home, 'native');
    writeFiles(directory, {
      'secrets.nix': `{ "a.age".publicKeys = [ "${alice.publicLine}" "${bob.publicLine}" ]; }`,
      'a.age': await encrypted('x', [alice, bob, native]),
    });
    gitRepository({}, directory);
    writeFiles(directory, { 'a.age': await encrypted('x', [alice, bob]) });
    git(directory, 'commit', '-q', '-a', '-m', 'next');
    const { rotation, stderr } = run(directory);
    expect(rotation).toMatchObject({ readers: [], anonymous: 1 });
    expect(stderr).toContain(
      '1 secret had age X25519 readers, whom no file tells apart: who they were is not known',
    );
  });

  test('is null without git', async () => {
    const directory = path.join(home, 'plain');
    writeFiles(directory, {
      'secrets.nix': `{ "a.age".publicKeys = [ "${alice.publicLine}" "${bob.publicLine}" ]; }`,
      'a.age': await encrypted('x', [alice, bob]),
    });
    const { rotation, stderr } = run(directory);
    expect(rotation).toBeNull();
    expect(stderr).toContain('no history');
  });
});
