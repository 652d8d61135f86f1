import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { encrypted, member } from '../support/agenix-repository.ts';
import { gitRepository } from '../support/git-repository.ts';
import { runKeyhole } from './support/run-keyhole.ts';

const alice = member('alice');
const strangers = ['one', 'two', 'three', 'four'].map((name) => member(name));

let root = '';
beforeAll(async () => {
  const rules = `let alice = "${alice.publicLine}"; all = import ./keys; in {
    "crowded.age".publicKeys = [ alice ];
    "plain.age".publicKeys = [ alice ];
    "unclear.age".publicKeys = all;
  }`;
  const files = {
    'secrets.nix': rules,
    'crowded.age': await encrypted('x', [alice, ...strangers]),
    'plain.age': await encrypted('x', [alice]),
    'unclear.age': await encrypted('x', [alice, ...strangers.slice(0, 1)]),
  };
  root = gitRepository(files, realpathSync(mkdtempSync(join(tmpdir(), 'keyhole-test-'))));
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

const keyhole = (...words: string[]) => runKeyhole(words, { home: root, cwd: root });
const rows = (...words: string[]) =>
  keyhole(...words)
    .text.trimEnd()
    .split('\n')
    .map((line) => line.split('\t'));

describe('readers of whom only a tag is known', () => {
  test('share the last column of the matrix, and never have a name', () => {
    const [heading, crowded, plain, unclear] = rows('matrix');
    expect(heading).toEqual(['secret', 'state', 'alice', '?']);
    const tag = 'ssh-ed25519 \\S{6}';
    expect(crowded?.slice(2)).toEqual([
      'yes',
      expect.stringMatching(new RegExp(`^${tag}, ${tag}, ${tag}, 1 more$`)),
    ]);
    expect(plain?.slice(2)).toEqual(['yes', '-']);
    expect(unclear?.slice(2)).toEqual(['in-file', expect.stringMatching(new RegExp(`^${tag}$`))]);
  });

  test('take no column where there are none', () => {
    expect(rows('matrix', 'plain.age')).toEqual([
      ['secret', 'state', 'alice'],
      ['plain.age', 'ok', 'yes'],
    ]);
  });
});

describe('a rule that cannot be read', () => {
  test('leaves open who is declared, and who says why', () => {
    const ran = keyhole('who', 'unclear.age');
    expect(
      ran.text
        .trimEnd()
        .split('\n')
        .map((line) => line.split('\t').slice(0, 4)),
    ).toEqual([
      ['alice', 'unknown', 'declared:unknown', 'in-file:yes'],
      ['?', 'unknown', 'declared:unknown', 'in-file:yes'],
    ]);
    expect(ran.stderr).toContain(
      'secrets.nix:1: what the rules say of unclear.age is not known: keys: no such file',
    );
    expect(keyhole('who', 'plain.age').stderr).toBe('');
  });

  test.each([['list'], ['matrix'], ['matrix', '--format', 'md'], ['what', 'alice']])(
    'is told of by %s %s',
    (...words) => {
      const { status, stderr } = keyhole(...words);
      expect({ status, stderr }).toEqual({
        status: 0,
        stderr: 'keyhole: secrets.nix:1: the rule for unclear.age cannot be used: keys: no such file\n',
      });
    },
  );
});
