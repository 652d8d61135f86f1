import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { documentSchema, type OutputName } from '../../src/cli/schema/outputs.ts';
import { builtProgram } from '../support/built-program.ts';
import { buildHouseOfSecrets, type HouseOfSecrets, values } from './support/house-of-secrets.ts';
import { runKeyhole } from './support/run-keyhole.ts';
import { mismatches } from './support/validate-schema.ts';

let house: HouseOfSecrets;
beforeAll(async () => {
  house = await buildHouseOfSecrets();
});
afterAll(() => house.remove());

const keyhole = (...words: string[]) => runKeyhole(words, { home: house.home, cwd: house.root });
const json = (...words: string[]) => JSON.parse(keyhole(...words).text) as Record<string, unknown>;
const rows = (...words: string[]) =>
  keyhole(...words)
    .text.trimEnd()
    .split('\n')
    .map((line) => line.split('\t'));
const names = (...words: string[]) => rows('list', ...words).map((row) => row[0]);

describe('the JSON of', () => {
  const outputs: readonly (readonly [OutputName, readonly string[]])[] = [
    ['list', ['list']],
    ['list', ['ls', '--state', 'drift', '--reader', 'alice', 'secrets/**']],
    ['list-git', ['list', '--git']],
    ['get', ['get', 'secrets/db.age']],
    ['get', ['get', 'secrets/app.json.age#db.ports.0']],
    ['get-keys', ['get', 'secrets/app.env.age#']],
    ['get-output', ['get', 'secrets/db.age', '-o', '../elsewhere/out']],
    ['plan', ['set', 'secrets/two-lines.age', '--value', 'new', '--dry-run']],
    ['plan', ['rm', 'secrets/two-lines.age', '--dry-run']],
    ['written', ['set', 'secrets/two-lines.age', '--value', 'new']],
    ['plan', ['undo', '--dry-run']],
    ['written', ['undo']],
    ['written', ['redo']],
    ['written', ['undo']],
    ['commit', ['commit', '--dry-run']],
    ['recover', ['recover']],
    ['matrix', ['matrix']],
    ['who', ['who', 'secrets/drift.age']],
    ['what', ['what', 'bob']],
    ['check', ['check']],
    ['demo', ['demo', '../elsewhere/demo']],
    ['completion', ['completion', 'fish']],
    ['help', ['help', 'keys']],
    ['version', ['--version']],
  ];

  test.each(outputs)('%s is one object on one line and fits its published schema (%j)', (name, words) => {
    const ran = keyhole('--json', ...words);
    expect(ran.text.split('\n')).toHaveLength(2);
    const schema = JSON.parse(
      readFileSync(path.resolve(import.meta.dirname, `../../docs/schema/${name}.json`), 'utf8'),
    ) as ReturnType<typeof documentSchema>;
    expect(mismatches(schema, JSON.parse(ran.text))).toEqual([]);
  });

  test('nothing else would fit: the check of the schema itself can fail', () => {
    const list = json('list', '--json');
    const schema = documentSchema('list');
    expect(mismatches(schema, list)).toEqual([]);
    expect(mismatches(schema, { ...list, more: 1 })).toEqual(['$: unexpected more']);
    expect(mismatches(schema, { ...list, root: 1 })).toEqual(['$.root: is not of type string']);
    expect(mismatches(schema, { ...list, schema: 2 })).toEqual(['$.schema: is not 1']);
    expect(mismatches(schema, { ...list, secrets: [{}] })).not.toEqual([]);
    const { secrets: _, ...without } = list;
    expect(mismatches(schema, without)).toEqual(['$: no secrets']);
  });
});

describe('list', () => {
  test('names every secret once, with format, state, readability and readers', () => {
    const listed = new Map(rows('list').map(([name, ...facts]) => [name, facts]));
    expect(listed.size).toBe(Object.keys(values).length + 7);
    expect(listed.get('secrets/db.age')).toEqual(['age', 'ok', 'readable:yes', 'alice, carol']);
    expect(listed.get('secrets/foreign.age')).toEqual(['age', 'ok', 'readable:no', 'carol']);
    expect(listed.get('secrets/anonymous.age')).toEqual(['age', 'unknown', 'readable:yes', 'alice, bob']);
    expect(listed.get('secrets/missing.age')).toEqual(['age', 'missing', 'readable:no', 'alice']);
    expect(listed.get('secrets/garbage.age')?.[1]).toBe('damaged');
    expect(listed.get('secrets/new^Jline.age')?.[1]).toBe('ok');
  });

  test('filters by glob, state and reader, all of which must fit', () => {
    expect(names('hosts/**')).toEqual(['hosts/db1/same.age', 'hosts/db2/same.age']);
    expect(names('db*.age', 'foreign.age')).toEqual(['secrets/db.age', 'secrets/foreign.age']);
    expect(names('--state', 'drift', '--state', 'missing')).toEqual([
      'secrets/drift.age',
      'secrets/missing.age',
    ]);
    expect(names('--reader', 'bob')).toEqual(['secrets/anonymous.age']);
    expect(names('--reader', house.publicKeys.bob)).toEqual(['secrets/anonymous.age']);
    expect(keyhole('list', '--reader', 'bob', '--state', 'drift').text).toBe('');
  });

  test('a pattern may begin at any directory, and from the root with a slash in front', () => {
    expect(names('db1/**')).toEqual(['hosts/db1/same.age']);
    expect(names('/hosts/db1/')).toEqual(['hosts/db1/same.age']);
    expect(keyhole('list', '/db1/**').text).toBe('');
  });

  test.each([
    ['list', ['list', 'nowhere/**', '--state', 'drift'], 'no secret fits nowhere/** --state drift'],
    ['matrix', ['matrix', 'nowhere/**'], 'no secret fits nowhere/**'],
  ])('%s says when nothing fits', (_, words, says) => {
    const ran = keyhole(...words);
    expect([ran.status, ran.stderr]).toEqual([0, expect.stringContaining(says)]);
    expect(keyhole(words[0] ?? '').stderr).not.toContain('no secret fits');
    expect(JSON.parse(keyhole('--json', ...words).text)).toMatchObject({ ok: true });
  });

  test('tells who is extra: the file has carol, the rules do not', () => {
    const [drifted] = json('list', '--json', '--state', 'drift')['secrets'] as [Record<string, unknown>];
    expect(drifted['recipients']).toMatchObject({
      declared: [{ name: 'alice', kind: 'ssh-ed25519' }],
      extra: [{ name: 'carol', kind: 'ssh-ed25519' }],
      missing: [],
      unknown: 0,
    });
  });

  test('keeps names exact in JSON', () => {
    const ids = (json('list', '--json')['secrets'] as { id: string }[]).map((secret) => secret.id);
    for (const name of Object.keys(values)) expect(ids).toContain(name);
  });

  test('says with -v what it used, on stderr, and with -q nothing', () => {
    const told = keyhole('list', '-v').stderr;
    expect(told).toContain(`repository ${house.root}`);
    expect(told).toContain('rules secrets.nix');
    expect(told).toContain('.ssh/id_ed25519: ssh-ed25519, open');
    expect(keyhole('list', '-v', '-q').stderr).toBe('');
  });
});

describe('a key given with -i that is no use', () => {
  test('is told, and is no failure of what needs none', () => {
    const ran = keyhole('list', '-i', '/nonexistent/key');
    expect({ status: ran.status, stderr: ran.stderr }).toEqual({
      status: 0,
      stderr: 'keyhole: the key /nonexistent/key cannot be used: no such file\n',
    });
    expect(keyhole('list', '-q', '-i', '/nonexistent/key').stderr).toBe('');
    expect(keyhole('get', 'db', '-i', '/nonexistent/key').text).toBe(values['secrets/db.age']);
  });

  test('is named when nothing else opens the secret', () => {
    const ran = keyhole('get', 'secrets/foreign.age', '-i', '/nonexistent/key');
    expect(ran.status).toBe(11);
    expect(ran.stderr).toContain('the key /nonexistent/key cannot be used: no such file');
  });
});

describe('who and what', () => {
  test('who names the readers, and says of each what rules and file say', () => {
    expect(rows('who', 'secrets/drift.age').map((row) => row.slice(0, 4))).toEqual([
      ['alice', expect.anything(), 'declared:yes', 'in-file:yes'],
      ['carol', expect.anything(), 'declared:no', 'in-file:yes'],
    ]);
  });

  test('who does not claim to know an anonymous reader', () => {
    const bob = rows('who', 'anonymous.age').find((row) => row[0] === 'bob');
    expect(bob?.slice(2)).toEqual(['declared:yes', 'in-file:unknown', house.publicKeys.bob]);
  });

  test('what turns it around', () => {
    expect(rows('what', 'bob')).toContainEqual([
      'secrets/anonymous.age',
      'unknown',
      'declared:yes',
      'in-file:unknown',
    ]);
    expect(rows('what', 'carol').map((row) => row[0])).toContain('secrets/drift.age');
  });
});

describe('matrix', () => {
  test('has a row for each secret and a column for each reader', () => {
    const [heading = [], ...body] = rows('matrix');
    expect(heading).toEqual(['secret', 'state', 'alice', 'bob', 'carol']);
    const cells = new Map(body.map(([name, ...row]) => [name, row]));
    expect(cells.get('secrets/db.age')).toEqual(['ok', 'yes', '-', 'yes']);
    expect(cells.get('secrets/drift.age')).toEqual(['drift', 'yes', '-', 'extra']);
    expect(cells.get('secrets/anonymous.age')).toEqual(['unknown', 'yes', 'unknown', '-']);
    // Nobody knows who is in a file that cannot be read, so a dash would say too much.
    expect(cells.get('secrets/garbage.age')).toEqual(['damaged', 'unknown', 'perhaps', 'unknown']);
  });

  test('is the same grid as csv and md', () => {
    const lines = keyhole('matrix', 'secrets/db.age', '--format', 'csv').text;
    expect(lines).toBe('secret,state,alice,bob,carol\nsecrets/db.age,ok,yes,-,yes\n');
    expect(keyhole('matrix', 'secrets/db.age', '--format', 'md').text.split('\n')[2]).toBe(
      '| secrets/db.age | ok | yes | - | yes |',
    );
  });

  test('as --format json is the same as with --json', () => {
    expect(keyhole('matrix', '--format', 'json').text).toBe(keyhole('matrix', '--json').text);
  });
});

describe('check', () => {
  test('finds what is wrong, worst first, and counts the rest', () => {
    expect(rows('check').map((row) => row.slice(0, 3))).toEqual([
      ['high', 'drift', 'secrets/drift.age'],
      ['high', 'damaged', 'secrets/garbage.age'],
      ['medium', 'missing', 'secrets/missing.age'],
      ['low', 'orphan', 'secrets/a^[[2Jorphan.age'],
      ['low', 'single-reader', 'secrets/drift.age'],
      ['low', 'single-reader', 'secrets/foreign.age'],
    ]);
    expect(json('check', '--json')).toMatchObject({
      ok: false,
      summary: {
        files: Object.keys(values).length + 7,
        drift: 1,
        missing: 1,
        orphan: 1,
        damaged: 1,
        unknown: 1,
        findings: 6,
      },
    });
  });

  test('needs no key', () => {
    const ran = runKeyhole(['check', '--no-default-identities'], { home: house.elsewhere, cwd: house.root });
    expect({ status: ran.status, text: ran.text }).toEqual({ status: 14, text: keyhole('check').text });
  });
});

describe('demo without a terminal', () => {
  test('makes a repository that keyhole reads with the key beside it', () => {
    const directory = path.join(house.elsewhere, 'another-demo');
    const { repository, identity } = json('demo', directory, '--json') as {
      repository: string;
      identity: string;
    };
    expect(existsSync(identity)).toBe(true);
    const listed = runKeyhole(['-C', repository, '-i', identity, '--no-default-identities', 'list'], {
      home: house.elsewhere,
    });
    expect(listed.status).toBe(0);
    expect(listed.text.split('\n').length).toBeGreaterThan(80);
    expect(keyhole('demo', directory).status).not.toBe(0);
  });

  test('prints the command that comes next, and so does whoever stands beside the repository', () => {
    const directory = path.join(house.elsewhere, "alice's demo");
    const inShell = (text: string, hint: RegExp) => {
      const script = `keyhole() { "$NODE" "$PROGRAM" "$@"; }; ${hint.exec(text)?.[1] ?? 'false'}`;
      const env = { HOME: house.elsewhere, NODE: process.execPath, PROGRAM: builtProgram() };
      return spawnSync('/bin/sh', ['-c', script], { env, encoding: 'utf8' });
    };
    const lists = { status: 0, stdout: expect.stringContaining('.age') };
    const made = runKeyhole(['demo', directory], { home: house.elsewhere });
    expect(inShell(made.stderr, /try: (.*)/)).toMatchObject(lists);
    const beside = runKeyhole(['list'], { home: house.elsewhere, cwd: directory });
    expect(beside.status).toBe(10);
    expect(inShell(beside.stderr, /nix-config is a repository of its own: (.*)/)).toMatchObject(lists);
  });
});
