import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { openSession } from '../../src/app/open-session.ts';
import type { Session } from '../../src/app/session.ts';
import { checkRepository } from '../../src/app/usecases/check-repository.ts';
import { listSecrets } from '../../src/app/usecases/list-secrets.ts';
import { showMatrix } from '../../src/app/usecases/show-matrix.ts';
import type { ListInput } from '../../src/app/usecases/types.ts';
import { whatReads } from '../../src/app/usecases/what-reads.ts';
import { whoReads } from '../../src/app/usecases/who-reads.ts';
import type { Outcome } from '../../src/core/outcome.ts';
import { encrypted, member } from '../support/agenix-repository.ts';
import { gitRepository } from '../support/git-repository.ts';

const alice = member('alice');
const db1 = member('db1', 'root@db1');
const laptop = member('laptop');
const gone = member('gone');

const rules = `let
  users = { alice = "${alice.publicLine}"; };
  systems = { db1 = "${db1.publicLine}"; laptop = "${laptop.publicLine}"; };
in {
  "db/pg.age".publicKeys = [ users.alice systems.db1 ];
  "db/drift.age".publicKeys = [ users.alice systems.db1 ];
  "web/tls.age".publicKeys = [ users.alice systems.laptop systems.laptop ];
  "web/missing.age".publicKeys = [ users.alice ];
  "web/placeholder.age".publicKeys = [ users.alice "ssh-ed25519 AAAA...REPLACE_ME" ];
  "web/sk.age".publicKeys = [ users.alice "sk-ssh-ed25519@openssh.com AAAAGnNrLXNzaC1lZDI1NTE5QG9wZW5zc2guY29tAAAAIEKZ me" ];
}`;

let session: Session;
const env = { HOME: '/nonexistent', PATH: process.env['PATH'] };
const options = { rulesFiles: [], identityFiles: [], defaultIdentities: false, env };

beforeAll(async () => {
  const scratch = realpathSync(mkdtempSync(join(tmpdir(), 'keyhole-test-')));
  const files = {
    'secrets.nix': rules,
    'db/pg.age': await encrypted('x', [alice, db1]),
    'db/drift.age': await encrypted('x', [alice, laptop, gone]),
    'web/tls.age': await encrypted('x', [alice, laptop], true),
    'web/placeholder.age': await encrypted('x', [alice]),
    'web/sk.age': await encrypted('x', [alice]),
    'web/orphan.age': await encrypted('x', [laptop]),
    'web/damaged.age': 'nothing',
  };
  const root = gitRepository(files, scratch);
  const opened = await openSession({ ...options, path: root });
  if (!opened.ok) throw new Error(opened.error.says);
  session = opened.value;
  return () => rmSync(scratch, { recursive: true, force: true });
});

function value<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(`${outcome.error.code}: ${outcome.error.says}`);
  return outcome.value;
}

const ids = async (input: Partial<ListInput>): Promise<readonly string[]> =>
  value(await listSecrets(session, { globs: [], states: [], readers: [], ...input })).secrets.map(
    ({ id }) => id,
  );

describe('list', () => {
  test('everything, by pattern, by state, by reader, and all of them together', async () => {
    expect(await ids({})).toHaveLength(8);
    expect(await ids({ globs: ['db/*'] })).toEqual(['db/drift.age', 'db/pg.age']);
    expect(await ids({ states: ['missing', 'damaged'] })).toEqual(['web/damaged.age', 'web/missing.age']);
    expect(await ids({ readers: ['laptop'] })).toEqual(['db/drift.age', 'web/orphan.age', 'web/tls.age']);
    expect(await ids({ readers: [laptop.id], globs: ['web/'] })).toEqual(['web/orphan.age', 'web/tls.age']);
  });

  test('of a reader that nobody knows is an error', async () => {
    const listed = await listSecrets(session, { globs: [], states: [], readers: ['mallory'] });
    expect(listed).toMatchObject({ error: { code: 'not-found' } });
  });

  test('tells all there is to tell about one secret, as JSON', async () => {
    const { secrets } = value(await listSecrets(session, { globs: ['drift.age'], states: [], readers: [] }));
    expect(JSON.parse(JSON.stringify(secrets[0]))).toEqual({
      id: 'db/drift.age',
      backend: 'agenix',
      format: 'age',
      state: 'drift',
      readable: 'no',
      recipients: {
        declared: [
          { name: 'alice', alias: null, kind: 'ssh-ed25519', key: alice.id },
          { name: 'db1', alias: null, kind: 'ssh-ed25519', key: db1.id },
        ],
        extra: expect.arrayContaining([
          { kind: 'ssh-ed25519', tag: expect.any(String), name: 'laptop', alias: null, key: laptop.id },
          { kind: 'ssh-ed25519', tag: expect.any(String), name: null, alias: null, key: null },
        ]),
        missing: [{ name: 'db1', alias: null, kind: 'ssh-ed25519', key: db1.id }],
        missingAmong: { count: 0, of: [] },
        unknown: 0,
      },
      armored: false,
      size: expect.any(Number),
      rule: { file: 'secrets.nix', key: 'db/drift.age', line: 6 },
      ruleProblem: null,
      problem: null,
    });
  });
});

describe('who reads a secret', () => {
  test('those whom the rules allow and those who are on the file', async () => {
    const { readers } = value(await whoReads(session, { id: 'db/drift.age' }));
    expect(
      readers.map(({ names, kind, declared, onFile }) => [names.join(), kind, declared, onFile]),
    ).toEqual([
      ['alice', 'person', 'yes', 'yes'],
      ['db1', 'host', 'yes', 'no'],
      ['laptop', 'host', 'no', 'yes'],
    ]);
    // As the matrix says it: a file that is not there holds nobody.
    const missing = value(await whoReads(session, { id: 'web/missing.age' }));
    expect(missing.readers.map(({ declared, onFile }) => [declared, onFile])).toContainEqual(['yes', 'no']);
    expect(await whoReads(session, { id: 'never.age' })).toMatchObject({ error: { code: 'not-found' } });
  });
});

describe('what somebody reads', () => {
  test('by name and by key', async () => {
    const byName = value(await whatReads(session, { reader: 'laptop' }));
    expect(byName.kind).toBe('host');
    expect(byName.secrets.map(({ id, declared, onFile }) => [id, declared, onFile])).toEqual([
      ['db/drift.age', 'no', 'yes'],
      ['web/damaged.age', 'no', 'unknown'],
      ['web/orphan.age', 'no', 'yes'],
      ['web/tls.age', 'yes', 'yes'],
    ]);
    expect(value(await whatReads(session, { reader: laptop.id })).secrets).toEqual(byName.secrets);
    expect(await whatReads(session, { reader: 'mallory' })).toMatchObject({ error: { code: 'not-found' } });
  });
});

describe('the matrix', () => {
  test('calls nobody by a name that what and list do not know', async () => {
    const { readers } = value(await showMatrix(session, { globs: [] }));
    expect(readers.map(({ name }) => name)).toContain('me'); // a bare key, called by its comment
    for (const { name, keys } of readers) {
      const what = value(await whatReads(session, { reader: name }));
      expect(what.keys, name).toEqual(keys);
      expect((await ids({ readers: [name] })).length, name).toBeGreaterThan(0);
    }
  });

  test('has a cell for each secret and reader', async () => {
    const matrix = value(await showMatrix(session, { globs: ['db/*'] }));
    expect(matrix.readers.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['alice', 'db1', 'laptop']),
    );
    const column = matrix.readers.findIndex(({ name }) => name === 'laptop');
    expect(matrix.rows.map(({ id, cells }) => [id, cells[column]])).toEqual([
      ['db/drift.age', { declared: 'no', onFile: 'yes' }],
      ['db/pg.age', { declared: 'no', onFile: 'no' }],
    ]);
    // Somebody else is on a file: no column has their name, and none hides them.
    expect(matrix.rows.map(({ unnamed }) => unnamed)).toEqual([
      [{ kind: 'ssh-ed25519', tag: expect.stringMatching(/^\S{6}$/) }],
      [],
    ]);
  });
});

describe('a rule that cannot be read', () => {
  test('leaves open whom it declares, and says why', async () => {
    const rules = `let all = import ../keys; in {
      "own.age".publicKeys = [ "${alice.publicLine}" ];
      "x.age".publicKeys = all;
    }`;
    const root = gitRepository({
      'hosts/secrets.nix': rules,
      'hosts/own.age': await encrypted('x', [alice]),
      'hosts/x.age': await encrypted('x', [alice, gone]),
    });
    const opened = value(await openSession({ ...options, path: root }));
    const { readers, recipients, ruleProblem } = value(await whoReads(opened, { id: 'hosts/x.age' }));
    expect(ruleProblem).toMatchObject({ says: 'keys: no such file', where: 'hosts/secrets.nix:1' });
    expect(readers.map(({ key, declared, onFile }) => [key.key, declared, onFile])).toEqual([
      [alice.id, 'unknown', 'yes'],
    ]);
    expect(recipients.extra).toHaveLength(2);
    const matrix = value(await showMatrix(opened, { globs: [] }));
    expect(matrix.rows.map(({ cells, unnamed }) => [cells, unnamed.length])).toEqual([
      [[{ declared: 'yes', onFile: 'yes' }], 0],
      [[{ declared: 'unknown', onFile: 'yes' }], 1],
    ]);
    const what = value(await whatReads(opened, { reader: alice.id }));
    expect(what.secrets.map(({ id, declared }) => [id, declared])).toEqual([
      ['hosts/own.age', 'yes'],
      ['hosts/x.age', 'unknown'],
    ]);
  });

  test('is no claim about files that it may name either', async () => {
    const root = gitRepository({ 'secrets.nix': '{ "x.age".publicKeys = [ ', 'x.age': 'nothing' });
    const opened = value(await openSession({ ...options, path: root }));
    const { ruleProblem } = value(await whoReads(opened, { id: 'x.age' }));
    expect(ruleProblem).toMatchObject({ code: 'bad-rules', where: 'secrets.nix:1' });
    const plain = gitRepository({ 'x.age': await encrypted('x', [alice]) });
    const without = value(await openSession({ ...options, path: plain }));
    const { ruleProblem: noRules } = value(await whoReads(without, { id: 'x.age' }));
    expect(noRules?.says).toBe('no agenix rules file found: 1 age file listed without rules');
  });
});

describe('check', () => {
  const everything = { severity: 'low', today: '2026-01-01', history: true, rotation: 'yes' } as const;

  test('finds all that is wrong, the worst first, with evidence', async () => {
    const { summary, findings } = value(await checkRepository(session, everything));
    expect(summary).toMatchObject({ secrets: 8, missing: 1, orphan: 1, damaged: 1 });
    const found = findings.map(({ kind, severity, subject }) => `${severity} ${kind} ${subject}`);
    expect(found).toEqual(
      expect.arrayContaining([
        'high damaged web/damaged.age',
        'high extra-reader db/drift.age',
        'medium missing-reader db/drift.age',
        'medium missing-file web/missing.age',
        'low orphan web/orphan.age',
      ]),
    );
    expect(found.filter((line) => line.includes('placeholder-key'))).toHaveLength(1);
    expect(found.filter((line) => line.includes('unsupported-key'))).toHaveLength(1);
    expect(found.filter((line) => line.includes('duplicate-key'))).toHaveLength(1);
    expect(findings.map(({ severity }) => severity)).toEqual(
      findings
        .map(({ severity }) => severity)
        .toSorted((a, b) => ['high', 'medium', 'low'].indexOf(a) - ['high', 'medium', 'low'].indexOf(b)),
    );
    const extra = findings.find(({ kind }) => kind === 'extra-reader');
    expect(extra?.says).toBe('2 readers on the file that the rules do not allow');
    expect(extra?.evidence).toMatch(/ssh-ed25519 \S{6} \(laptop\)/);
    expect(findings.find(({ kind }) => kind === 'missing-file')?.evidence).toBe('secrets.nix:8');
  });

  test('finds nothing in a repository where nothing is wrong', async () => {
    const root = gitRepository({
      'secrets.nix': `{ "a.age".publicKeys = [ "${alice.publicLine}" "${db1.publicLine}" ]; }`,
      'a.age': await encrypted('x', [alice, db1]),
    });
    const opened = value(await openSession({ ...options, path: root }));
    expect(value(await checkRepository(opened, everything)).findings).toEqual([]);
  });
});
