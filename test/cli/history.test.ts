import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { documentSchema } from '../../src/cli/schema/outputs.ts';
import { encrypted, member, rulesFor } from '../support/agenix-repository.ts';
import { git, gitRepository, writeFiles } from '../support/git-repository.ts';
import { describeWithPeers } from '../support/peers.ts';
import { runKeyhole } from './support/run-keyhole.ts';
import { mismatches } from './support/validate-schema.ts';

const [alice, bob, laptop, stranger] = ['alice', 'bob', 'laptop', 'stranger'].map((name) => member(name));
if (!alice || !bob || !laptop || !stranger) throw new Error('four members');
let root = '';
let removal = '';

beforeAll(async () => {
  root = realpathSync(mkdtempSync(path.join(tmpdir(), 'keyhole-history-')));
  gitRepository(
    {
      'secrets.nix': rulesFor([alice, bob, laptop], {
        'db.age': [alice, bob, laptop],
        'web.age': [alice, bob],
      }),
      'db.age': await encrypted('x', [alice, bob, laptop]),
      'web.age': await encrypted('x', [alice, bob, stranger]),
    },
    root,
  );
  writeFiles(root, {
    'secrets.nix': rulesFor([alice, bob], { 'db.age': [alice, bob], 'web.age': [alice, bob] }),
  });
  git(root, 'commit', '-q', '-a', '-m', 'the laptop is gone');
  removal = git(root, 'rev-parse', 'HEAD').trim();
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

const keyhole = (...words: readonly string[]) =>
  runKeyhole([...words, '--no-default-identities'], { home: root, cwd: root });

describeWithPeers('readers that only the history knows', ['git'], () => {
  test('are named by check --history, and the others counted', () => {
    const ran = keyhole('check', '--history');
    expect(ran.status).toBe(14);
    const [db = '', web = ''] = ran.text.split('\n');
    expect(db).toMatch(
      new RegExp(
        `^high\tdrift\tdb\\.age\t.*\tssh-ed25519 \\S{6} \\(laptop, removed from secrets\\.nix by ${removal.slice(0, 7)} on 2024-03-01\\)$`,
      ),
    );
    expect(web).toMatch(/\tssh-ed25519 \S{6}$/);
    expect(ran.stderr).toContain('1 reader not found in the history of rules and .pub files\n');
  });

  test('are tags only for check without it', () => {
    const ran = keyhole('check');
    expect(ran.text).not.toContain('laptop');
    expect(ran.stderr).not.toContain('history');
  });

  test('are named by who', () => {
    const ran = keyhole('who', 'db.age');
    expect(ran.stderr).toContain(
      `was laptop, removed from secrets.nix by ${removal.slice(0, 7)} on 2024-03-01`,
    );
    const printed: unknown = JSON.parse(keyhole('who', 'db.age', '--json').text);
    expect(mismatches(documentSchema('who'), printed)).toEqual([]);
    expect(printed).toMatchObject({
      former: [
        {
          name: 'laptop',
          key: laptop.id,
          file: 'secrets.nix',
          commit: removal,
          date: '2024-03-01',
          did: 'removed',
        },
      ],
    });
    const other = keyhole('who', 'web.age');
    expect(other.stderr).toContain('1 reader not found in the history');
    expect(JSON.parse(keyhole('who', 'web.age', '--json').text)).toMatchObject({ former: [] });
  });

  test('are not asked about where git is not there', () => {
    const ran = runKeyhole(['check', '--history'], { home: root, cwd: root, env: { PATH: '/nonexistent' } });
    expect(ran.status).toBe(14);
    expect(ran.stderr).toContain('the history cannot be read: git is not on PATH');
  });
});
