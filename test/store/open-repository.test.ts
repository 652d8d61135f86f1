import { mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Repository } from '../../src/core/repository.ts';
import { openRepository } from '../../src/store/open-repository.ts';
import { encrypted, member, rulesFor } from '../support/agenix-repository.ts';
import { type Files, git, gitRepository, writeFiles } from '../support/git-repository.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

const alice = member('alice');
const db1 = member('db1', 'root@db1');
const old = member('old');

async function open(path: string, rulesFiles: readonly string[] = []): Promise<Repository> {
  const opened = await openRepository({ path, rulesFiles, env: process.env });
  if (!opened.ok) throw new Error(`${opened.error.code}: ${opened.error.says}`);
  return opened.value;
}

async function failure(path: string, rulesFiles: readonly string[] = []): Promise<string> {
  const opened = await openRepository({ path, rulesFiles, env: process.env });
  return opened.ok ? 'opened' : opened.error.code;
}

const states = (repository: Repository): Readonly<Record<string, string>> =>
  Object.fromEntries(repository.secrets.map(({ id, state }) => [id, state]));

const pg = await encrypted('pg', [alice, db1]);
const plain: Files = {
  'secrets.nix': rulesFor([alice, db1], { 'pg.age': [alice, db1] }),
  'pg.age': pg,
};

describe('finding the repository', () => {
  test('upward from a directory or file inside, to the one with .git', async () => {
    const root = gitRepository({ ...plain, 'deep/er/file.txt': '' });
    for (const path of ['', 'deep/er', 'deep/er/file.txt', 'pg.age']) {
      expect((await open(join(root, path))).root, path).toBe(root);
    }
    expect((await open(root)).git).toEqual({ branch: 'main', head: git(root, 'rev-parse', 'HEAD').trim() });
  });

  test('without git, to the one with rules', async () => {
    const root = temporaryDirectory();
    writeFiles(root, {
      'nixos/secrets/secrets.nix': rulesFor([alice], { 'a.age': [alice] }),
      'nixos/hosts/x': '',
    });
    const opened = await open(join(root, 'nixos/hosts'));
    expect(opened).toMatchObject({ root: join(root, 'nixos'), git: null, name: 'nixos' });
    expect(states(opened)).toEqual({ 'secrets/a.age': 'missing' });
  });

  test('with nothing there, or no such place, it says so', async () => {
    const root = temporaryDirectory();
    expect(await failure(root)).toBe('not-found');
    expect(await failure(join(root, 'gone'))).toBe('not-found');
    writeFiles(root, { 'flake.nix': '{ outputs = _: { publicKeys = 1; }; }' });
    expect(await failure(root)).toBe('not-found');
  });

  test('with repositories one level down only, it names one', async () => {
    const root = temporaryDirectory();
    for (const name of ['my config', 'other']) {
      mkdirSync(join(root, name));
      gitRepository(plain, join(root, name));
    }
    expect(await openRepository({ path: root, rulesFiles: [], env: process.env })).toMatchObject({
      error: {
        code: 'not-found',
        hint: `my config is a repository of its own: keyhole -C '${root}/my config' list`,
      },
    });
  });

  test('with nothing found in a tree that is too deep to search, it says that too', async () => {
    const root = temporaryDirectory();
    mkdirSync(join(root, 'x/'.repeat(40)), { recursive: true });
    expect(await openRepository({ path: root, rulesFiles: [], env: process.env })).toMatchObject({
      error: {
        says: expect.stringMatching(
          /^no rules file and no age files; x[/x]*: more than 24 directories deep: not/,
        ),
      },
    });
  });

  test('a stop is an answer, not a crash', async () => {
    const root = gitRepository(plain);
    const opened = await openRepository({ path: root, rulesFiles: [], env: {} }, AbortSignal.abort());
    expect(opened).toMatchObject({ ok: false, error: { code: 'stopped' } });
  });
});

describe('rules', () => {
  test('at every place they are found at, keys relative to the rules or to the root', async () => {
    const root = gitRepository({
      ...plain,
      'secrets/secrets.nix': rulesFor([db1], { 'wifi.age': [db1], '../top.age': [db1] }),
      'secrets/wifi.age': await encrypted('w', [db1]),
      'top.age': await encrypted('t', [db1]),
      'lib/access.nix': rulesFor([db1], { 'deep/x.age': [db1] }),
      'deep/x.age': await encrypted('x', [db1]),
    });
    const opened = await open(root);
    expect(opened.rules).toMatchObject([
      { path: 'secrets.nix', entries: 1, keysRelativeTo: 'rules-directory' },
      { path: 'secrets/secrets.nix', entries: 2, keysRelativeTo: 'rules-directory' },
      { path: 'lib/access.nix', entries: 1, keysRelativeTo: 'repository-root' },
    ]);
    expect(states(opened)).toEqual({
      'deep/x.age': 'ok',
      'pg.age': 'ok',
      'secrets/wifi.age': 'ok',
      'top.age': 'ok',
    });
    expect(opened.problems).toEqual([]);
    expect(opened.secrets[1]?.rule).toMatchObject({ rulesFile: 'secrets.nix', key: 'pg.age' });
  });

  test('that are named by the user are the only ones', async () => {
    const root = gitRepository({ ...plain, 'other.nix': rulesFor([db1], { 'pg.age': [db1] }) });
    const opened = await open(root, [join(root, 'other.nix')]);
    expect(opened.rules.map(({ path }) => path)).toEqual(['other.nix']);
    expect(states(opened)).toEqual({ 'pg.age': 'drift' });
    symlinkSync(root, join(root, 'alias'));
    expect((await open(root, [join(root, 'alias', 'other.nix')])).rules).toHaveLength(1);
    expect(await failure(root, [join(root, 'gone.nix')])).toBe('not-found');
    expect(await failure(root, ['/etc/hostname'])).toBe('refused');
  });

  test('that another rules file imports count once', async () => {
    const root = gitRepository({
      ...plain,
      'secrets.nix': 'import ./parts/pg.nix // import ./parts/web.nix',
      'parts/pg.nix': rulesFor([alice, db1], { 'pg.age': [alice, db1] }),
      'parts/web.nix': rulesFor([alice], { 'web.age': [alice] }),
      'web.age': await encrypted('w', [alice]),
    });
    const opened = await open(root);
    expect(opened.rules.map(({ path }) => path)).toEqual(['secrets.nix']);
    expect(states(opened)).toEqual({ 'pg.age': 'ok', 'web.age': 'ok' });
  });

  test('a module called secrets.nix is not rules, and a broken one is a line', async () => {
    const module = '{ config, ... }: { age.secrets.pg.file = ./pg.age; }';
    const quiet = await open(gitRepository({ ...plain, 'modules/secrets.nix': module }));
    expect(quiet.problems).toEqual([]);
    const broken = await open(gitRepository({ ...plain, 'hosts/secrets.nix': '{ "x.age".publicKeys = [ ' }));
    expect(broken.problems).toMatchObject([
      { code: 'bad-rules', where: expect.stringContaining('hosts/secrets.nix') },
    ]);
    expect(states(broken)).toEqual({ 'pg.age': 'ok' });
  });

  test('with one rule that cannot be evaluated leave its file unknown, and say which file is not there', async () => {
    const rules = 'let shared = import ../keys; in { "x.age".publicKeys = shared; }';
    const root = gitRepository({ ...plain, 'hosts/secrets.nix': rules, 'hosts/x.age': pg });
    const { secrets, problems } = await open(root);
    expect(secrets.find(({ id }) => id === 'hosts/x.age')).toMatchObject({
      state: 'unknown',
      declared: [],
      ruleProblem: { code: 'bad-rules', says: 'keys: no such file', where: 'hosts/secrets.nix:1' },
    });
    expect(problems).toMatchObject([{ says: 'the rule for x.age cannot be used: keys: no such file' }]);
    writeFiles(root, { 'hosts/secrets.nix': rules.replace('../keys', '../lib/keys') });
    expect((await open(root)).problems).toMatchObject([
      { says: 'the rule for x.age cannot be used: lib/keys: no such file' },
    ]);
  });

  test('whose link leads to a submodule that is not there', async () => {
    const root = gitRepository({ 'pg.age': pg });
    symlinkSync('private/secrets.nix', join(root, 'secrets.nix'));
    const opened = await open(root);
    expect(opened.problems).toMatchObject([
      { says: 'a symbolic link leads to nothing', where: 'secrets.nix' },
    ]);
    expect(states(opened)).toEqual({ 'pg.age': 'unknown' });
  });

  test('and secrets that another tool still keeps locked or away', async () => {
    const root = gitRepository({
      ...plain,
      'a.age': '\0GITCRYPT\0xxxx',
      'b.age': 'version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 12\n',
      'hosts/secrets.nix': '\0GITCRYPT\0xxxx',
    });
    const opened = await open(root);
    expect(opened.secrets.map(({ id, state, problem }) => [id, state, problem?.hint])).toEqual([
      ['a.age', 'damaged', 'run git-crypt unlock first'],
      ['b.age', 'damaged', 'run git lfs pull first'],
      ['pg.age', 'ok', undefined],
    ]);
    expect(opened.problems).toMatchObject([
      { code: 'unsupported', says: 'locked by git-crypt', where: 'hosts/secrets.nix' },
    ]);
  });

  test('two entries for one file: the first one counts, and the other is a line', async () => {
    const root = gitRepository({
      ...plain,
      'secrets.nix': rulesFor([alice, db1], { './pg.age': [alice, db1], 'pg.age': [alice] }),
    });
    const opened = await open(root);
    expect(opened.problems).toMatchObject([
      { code: 'bad-rules', says: expect.stringContaining('second rule for pg.age') },
    ]);
    expect(opened.secrets).toHaveLength(1);
  });
});

describe('states', () => {
  test('ok, drift, missing, orphan, damaged and unknown, each with its reason', async () => {
    const root = gitRepository({
      'secrets.nix': rulesFor([alice, db1], {
        'ok.age': [alice, db1],
        'extra.age': [alice],
        'less.age': [alice, db1],
        'missing.age': [alice],
        'damaged.age': [alice],
        'short.age': [alice],
      }),
      'ok.age': pg,
      'extra.age': await encrypted('x', [alice, db1, old]),
      'less.age': await encrypted('x', [alice], true),
      'damaged.age': 'age-encryption.org/v1\n-> X25519 nonsense\n',
      'short.age': (await encrypted('x', [alice])).subarray(0, -10),
      'orphan.age': await encrypted('x', [old]),
    });
    const opened = await open(root);
    expect(states(opened)).toMatchObject({
      'damaged.age': 'damaged',
      'extra.age': 'drift',
      'less.age': 'drift',
      'missing.age': 'missing',
      'ok.age': 'ok',
      'orphan.age': 'orphan',
      'short.age': 'damaged',
    });
    const byId = new Map(opened.secrets.map((secret) => [String(secret.id), secret]));
    const extra = byId.get('extra.age')?.comparison?.extra;
    expect(extra).toHaveLength(2);
    // A key that other rules know gets its name back; one that nobody knows stays a tag.
    expect(extra?.map((reader) => reader.recipient)).toEqual(expect.arrayContaining([db1.id, undefined]));
    expect(byId.get('less.age')).toMatchObject({ armored: true, comparison: { missing: [db1.id] } });
    expect(byId.get('short.age')?.problem?.says).toBe('truncated: the payload is missing or cut short');
    expect(byId.get('orphan.age')?.rule).toBeUndefined();
    expect(byId.get('ok.age')?.size).toBe(pg.length);
  });

  test('without readable rules no file is called an orphan', async () => {
    const opened = await open(gitRepository({ 'pg.age': pg }));
    expect(states(opened)).toEqual({ 'pg.age': 'unknown' });
    expect(opened.problems).toMatchObject([
      { says: 'no agenix rules file found: 1 age file listed without rules' },
    ]);
    const rekey = await open(gitRepository({ [`rekeyed/${'0a'.repeat(16)}-pg.age`]: pg }));
    expect(rekey.problems).toMatchObject([
      { code: 'unsupported', says: expect.stringContaining('agenix-rekey') },
    ]);
  });

  test('new files count before git knows them, deleted ones no longer do', async () => {
    const root = gitRepository({ ...plain, 'gone.age': pg });
    rmSync(join(root, 'gone.age'));
    writeFiles(root, { 'new.age': pg, '.gitignore': 'result\n' });
    mkdirSync(join(root, 'result'));
    writeFileSync(join(root, 'result/built.age'), pg);
    expect(states(await open(root))).toEqual({ 'new.age': 'orphan', 'pg.age': 'ok' });
    renameSync(join(root, '.git'), join(root, '.got'));
    expect(states(await open(root))).toEqual({
      'new.age': 'orphan',
      'pg.age': 'ok',
      'result/built.age': 'orphan',
    });
  });

  test('a secret behind a link inside the repository is read through it', async () => {
    const root = gitRepository(plain);
    mkdirSync(join(root, 'shared'));
    renameSync(join(root, 'pg.age'), join(root, 'shared/pg.age'));
    symlinkSync('shared/pg.age', join(root, 'pg.age'));
    expect(states(await open(root))).toMatchObject({ 'pg.age': 'ok' });
  });
});

describe('readers', () => {
  test('are the names that the rules give, hosts and people apart where the rules say so', async () => {
    const rules = `let
      users = { alice = "${alice.publicLine}"; };
      systems = { db1 = "${db1.publicLine}"; web1 = "${db1.publicLine}"; };
      nobody = "${old.publicLine}";
    in {
      "pg.age".publicKeys = builtins.attrValues users ++ [ systems.db1 systems.web1 nobody ];
    }`;
    const opened = await open(gitRepository({ 'secrets.nix': rules, 'pg.age': pg }));
    expect(opened.readers).toEqual([
      { name: 'alice', kind: 'person', recipients: [alice.id] },
      { name: 'db1', kind: 'host', recipients: [db1.id] },
      { name: 'nobody', kind: 'unknown', recipients: [old.id] },
      { name: 'web1', kind: 'host', recipients: [db1.id] },
    ]);
    expect([...opened.recipients.keys()]).toHaveLength(3);
  });

  test('come with the lists of the rules that granted them, in the order of the keys', async () => {
    const root = gitRepository({
      'secrets.nix': `let
  alice = "${alice.publicLine}";
  db1 = "${db1.publicLine}";
  admins = [ alice ];
  everyone = admins ++ [ db1 ];
in {
  "a.age".publicKeys = everyone;
  "b.age".publicKeys = [ db1 alice alice ] ++ admins;
  "c.age".publicKeys = everyone;
}
`,
    });
    const [a, b, c] = (await open(root)).secrets;
    const lines = a?.grants?.map((via) => via.map(({ name, at }) => `${name}:${at.line}`));
    expect(a?.declared).toEqual([alice.id, db1.id]);
    expect(lines).toEqual([['admins:4', 'everyone:5'], ['everyone:5']]);
    expect(b?.declared).toEqual([db1.id, alice.id]);
    expect(b?.grants).toEqual([[], []]);
    expect(c?.grants).toBe(a?.grants);
  });

  test('have a kind by the place of their key or the start of their name', async () => {
    const rules = `let host_web = "${old.publicLine}"; in {
      "pg.age".publicKeys = [ (builtins.readFile ./hosts/db1.pub) (builtins.readFile ./users/alice.pub) host_web ];
    }`;
    const opened = await open(
      gitRepository({
        'secrets.nix': rules,
        'hosts/db1.pub': `${db1.publicLine}\n`,
        'users/alice.pub': `${alice.publicLine}\n`,
        'pg.age': pg,
      }),
    );
    expect(opened.readers.map(({ name, kind }) => `${name} ${kind}`)).toEqual([
      'alice person',
      'db1 host',
      'host_web host',
    ]);
  });

  test('without a name are called by their comment', async () => {
    const rules = `{ "pg.age".publicKeys = [ "${alice.publicLine}" "${db1.publicLine}" ]; }`;
    const opened = await open(gitRepository({ 'secrets.nix': rules, 'pg.age': pg }));
    expect(opened.readers).toMatchObject([
      { name: 'alice@laptop', kind: 'unknown' },
      { name: 'root@db1', kind: 'host' },
    ]);
  });
});
