import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { hostname } from 'node:os';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { fail, type Outcome, ok } from '../../src/core/outcome.ts';
import { readRepositoryHistory } from '../../src/store/transaction/history.ts';
import { ownerName, thisProcess } from '../../src/store/transaction/process-identity.ts';
import { recoverRepository } from '../../src/store/transaction/recover.ts';
import type { Replacement } from '../../src/store/transaction/stage-files.ts';
import { type Committed, runTransaction } from '../../src/store/transaction/transaction.ts';
import { git, gitRepository } from '../support/git-repository.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

const sha256 = (bytes: Uint8Array | string): string => createHash('sha256').update(bytes).digest('hex');

/** Replaces these files by texts; `null` removes one. */
function write(
  root: string,
  texts: Readonly<Record<string, string | null>>,
  verify: (onDisk: Uint8Array) => Outcome<null> = () => ok(null),
): Promise<Outcome<Committed>> {
  const files = Object.entries(texts).map(([file, text]): Replacement => {
    const full = path.join(root, file);
    const content = text === null ? null : async () => ok({ bytes: Buffer.from(text), verify });
    return {
      path: file,
      target: file,
      before: existsSync(full) ? sha256(readFileSync(full)) : null,
      content,
    };
  });
  const isGit = spawnSync('git', ['-C', root, 'rev-parse', 'HEAD'], { encoding: 'utf8' });
  const base = {
    head: isGit.status === 0 ? isGit.stdout.trim() : null,
    files: files.map(({ path: file, before }) => ({ path: file, sha256: before })),
  };
  return runTransaction({
    root,
    kind: 'write',
    label: 'a test',
    base,
    files,
    signal: new AbortController().signal,
  });
}

const codeOf = (outcome: Outcome<unknown>): string => (outcome.ok ? 'ok' : outcome.error.code);
const text = (root: string, file: string): string => readFileSync(path.join(root, file), 'utf8');
const repository = (): string => realpathSync(gitRepository({ 'a.age': 'a', 'b.age': 'b' }));

describe('the journal lies', () => {
  test('in git’s directory, where git shows nothing of it', async () => {
    const root = repository();
    expect(codeOf(await write(root, { 'a.age': 'new', 'new/c.age': 'c' }))).toBe('ok');
    expect(readdirSync(path.join(root, '.git/keyhole'))).toEqual(['undo']);
    expect(git(root, 'status', '--short')).toBe(' M a.age\n?? new/\n');
  });

  test('in the directory of the work tree it belongs to', async () => {
    const root = repository();
    const linked = path.join(realpathSync(temporaryDirectory()), 'linked');
    git(root, 'worktree', 'add', '-q', linked);
    expect(codeOf(await write(linked, { 'a.age': 'new' }))).toBe('ok');
    expect(readRepositoryHistory(linked)).toHaveLength(1);
    expect(readRepositoryHistory(root)).toHaveLength(0);
    expect(readdirSync(path.join(root, '.git/worktrees/linked/keyhole'))).toEqual(['undo']);
  });

  test('beside the files where there is no git, and ignores itself for when there is', async () => {
    const root = realpathSync(temporaryDirectory());
    writeFileSync(path.join(root, 'a.age'), 'a');
    expect(codeOf(await write(root, { 'a.age': 'new' }))).toBe('ok');
    expect(readdirSync(path.join(root, '.keyhole')).sort()).toEqual(['.gitignore', 'undo']);
    expect(statSync(path.join(root, '.keyhole')).mode & 0o777).toBe(0o700);
    git(root, 'init', '-q');
    expect(git(root, 'status', '--short')).toBe('?? a.age\n');
  });

  test('never behind a link, which could lead anywhere', async () => {
    const root = repository();
    const elsewhere = temporaryDirectory();
    symlinkSync(elsewhere, path.join(root, '.git/keyhole'));
    expect(codeOf(await write(root, { 'a.age': 'new' }))).toBe('io');
    expect(readdirSync(elsewhere)).toEqual([]);
    expect(text(root, 'a.age')).toBe('a');
  });
});

describe('nothing is replaced', () => {
  test('when what the disk has is not what was meant', async () => {
    const root = repository();
    const doubt = (onDisk: Uint8Array): Outcome<null> =>
      Buffer.from(onDisk).toString() === 'bad' ? fail('damaged', 'not what was meant') : ok(null);
    expect(codeOf(await write(root, { 'a.age': 'good', 'b.age': 'bad' }, doubt))).toBe('damaged');
    expect([text(root, 'a.age'), text(root, 'b.age')]).toEqual(['a', 'b']);
    expect(readdirSync(path.join(root, '.git/keyhole'))).toEqual([]);
  });

  test('when a file changes while others are prepared', async () => {
    const root = repository();
    const meddle = (): Outcome<null> => {
      writeFileSync(path.join(root, 'a.age'), 'theirs');
      return ok(null);
    };
    expect(codeOf(await write(root, { 'a.age': 'new', 'b.age': 'new' }, meddle))).toBe('changed');
    expect([text(root, 'a.age'), text(root, 'b.age')]).toEqual(['theirs', 'b']);
  });

  test('when a file becomes a link while others are prepared', async () => {
    const root = repository();
    const meddle = (): Outcome<null> => {
      renameSync(path.join(root, 'a.age'), path.join(root, 'moved.age'));
      symlinkSync('moved.age', path.join(root, 'a.age'));
      return ok(null);
    };
    expect(codeOf(await write(root, { 'a.age': 'new' }, meddle))).toBe('changed');
    expect(text(root, 'moved.age')).toBe('a');
  });
});

describe('the lock', () => {
  function locked(root: string, owner: string | null): string {
    const lock = path.join(root, '.git/keyhole/txn');
    mkdirSync(lock, { recursive: true });
    writeFileSync(path.join(lock, owner ?? 'something else'), '');
    return lock;
  }

  test('of a process that ended is taken over', async () => {
    const root = repository();
    const ended = spawnSync('true').pid ?? 1;
    locked(root, ownerName({ ...thisProcess(), pid: ended, start: '1' }));
    expect(codeOf(await write(root, { 'a.age': 'new' }))).toBe('ok');
  });

  test.each([
    ['of this process number from before the machine was started', { boot: 'another' }],
    ['of this process number when that was another process', { start: '1' }],
  ])('%s is taken over', async (_, other) => {
    const root = repository();
    locked(root, ownerName({ ...thisProcess(), ...other }));
    expect(codeOf(await write(root, { 'a.age': 'new' }))).toBe('ok');
  });

  test('of another machine is respected, and its holder named', async () => {
    const root = repository();
    const lock = locked(root, ownerName({ ...thisProcess(), pid: 4711, host: `not-${hostname()}.example` }));
    const refused = await write(root, { 'a.age': 'new' });
    expect(refused).toMatchObject({ ok: false, error: { code: 'busy' } });
    expect(JSON.stringify(refused)).toContain(`process 4711 on not-${hostname()}.example`);
    expect(JSON.stringify(refused)).toContain('keyhole recover --take-over');
    expect(existsSync(lock)).toBe(true);
    expect(text(root, 'a.age')).toBe('a');
  });

  test('of another machine is taken over when somebody says so, and of a process that runs it never is', async () => {
    const root = repository();
    const wish = { decision: null, takeOver: true };
    locked(root, ownerName({ ...thisProcess(), host: 'gone.example' }));
    expect(codeOf(recoverRepository(root, { ...wish, takeOver: false }))).toBe('busy');
    expect(codeOf(recoverRepository(root, wish))).toBe('ok');
    expect(codeOf(await write(root, { 'a.age': 'new' }))).toBe('ok');
    locked(root, ownerName(thisProcess()));
    expect(codeOf(recoverRepository(root, wish))).toBe('busy');
  });

  test('of a process that runs is waited for, and then refused', async () => {
    const root = repository();
    locked(root, ownerName(thisProcess()));
    const refused = await write(root, { 'a.age': 'new' });
    expect(JSON.stringify(refused)).toContain(`process ${process.pid}`);
    expect(codeOf(refused)).toBe('busy');
  }, 20_000);

  test('that names nobody is respected', async () => {
    const root = repository();
    locked(root, null);
    expect(codeOf(await write(root, { 'a.age': 'new' }))).toBe('busy');
  }, 20_000);
});

describe('a record that somebody else may have written', () => {
  function planted(root: string, journal: unknown): void {
    const record = path.join(root, '.git/keyhole/txn/record');
    mkdirSync(record, { recursive: true });
    writeFileSync(path.join(root, '.git/keyhole/txn', ownerName({ ...thisProcess(), start: '1' })), '');
    writeFileSync(
      path.join(record, 'COMMIT'),
      typeof journal === 'string' ? journal : JSON.stringify(journal),
    );
    writeFileSync(path.join(record, 'new-0'), 'planted');
  }
  const journalFor = (target: string) => ({
    schema: 1,
    kind: 'write',
    label: 'x',
    at: '2026-01-01T00:00:00Z',
    directories: [],
    files: [{ path: 'a.age', target, before: null, after: { sha256: sha256('planted'), size: 7 } }],
  });

  test.each([
    '../outside',
    '/tmp/outside',
    '.git/hooks/post-commit',
    '.GIT/hooks/x',
    'a/../../outside',
    '.keyhole/x',
    '',
  ])('and that names %j is set aside, and nothing written', (target) => {
    const root = repository();
    planted(root, journalFor(target));
    const recovered = recoverRepository(root);
    expect(recovered).toMatchObject({ ok: true, value: [{ did: 'set-aside', aside: 'aside-1' }] });
    expect(existsSync(path.join(root, '..', 'outside'))).toBe(false);
    expect(existsSync(path.join(root, '.git/hooks/post-commit'))).toBe(false);
    expect(recoverRepository(root)).toEqual(ok([]));
  });

  test.each(['', '{', '[]', '{"schema":2}', 'null', '{"schema":1,"kind":"write","label":1}'])(
    'and that reads %j is set aside',
    (journal) => {
      const root = repository();
      planted(root, journal);
      expect(recoverRepository(root)).toMatchObject({ ok: true, value: [{ did: 'set-aside' }] });
    },
  );

  test('cannot make a link of the repository lead its file elsewhere', () => {
    const root = repository();
    const outside = temporaryDirectory();
    symlinkSync(outside, path.join(root, 'out'));
    planted(root, journalFor('out/file'));
    recoverRepository(root);
    expect(readdirSync(outside)).toEqual([]);
  });
});

describe('a record that was spoilt', () => {
  /** As a kill after the first of two files leaves it. */
  async function cutOff(root: string): Promise<string> {
    await write(root, { 'a.age': 'new a', 'b.age': 'new b' });
    const lock = path.join(root, '.git/keyhole/txn');
    mkdirSync(lock);
    writeFileSync(path.join(lock, ownerName({ ...thisProcess(), start: '1' })), '');
    renameSync(path.join(root, '.git/keyhole/undo/00000001'), path.join(lock, 'record'));
    writeFileSync(path.join(root, 'b.age'), 'b');
    return path.join(lock, 'record');
  }

  test('is finished where what was to be written is whole', async () => {
    const root = repository();
    writeFileSync(path.join(await cutOff(root), 'new-1'), 'new b');
    expect(recoverRepository(root)).toMatchObject({ value: [{ did: 'finished' }] });
    expect([text(root, 'a.age'), text(root, 'b.age')]).toEqual(['new a', 'new b']);
  });

  test.each([
    ['changed', (file: string) => writeFileSync(file, 'other')],
    ['gone', () => undefined],
    ['a link', (file: string) => symlinkSync('/etc/hostname', file)],
    ['a FIFO', (file: string) => void spawnSync('mkfifo', [file])],
  ])('is taken back where that is %s', async (_, spoil) => {
    const root = repository();
    spoil(path.join(await cutOff(root), 'new-1'));
    expect(recoverRepository(root)).toMatchObject({ value: [{ did: 'taken-back' }] });
    expect([text(root, 'a.age'), text(root, 'b.age')]).toEqual(['a', 'b']);
  });

  test('is set aside, and no file touched, where it can go neither way', async () => {
    const root = repository();
    const record = await cutOff(root);
    writeFileSync(path.join(record, 'old-0'), 'other');
    expect(recoverRepository(root)).toMatchObject({ value: [{ did: 'set-aside', aside: 'aside-1' }] });
    expect([text(root, 'a.age'), text(root, 'b.age')]).toEqual(['new a', 'b']);
  });
});

describe('a home that came with a repository', () => {
  const fifo = (file: string): void => void spawnSync('mkfifo', [file]);

  test.each(['pending', 'undo', 'txn'])(
    'and in which %s is a FIFO or a link holds nobody up and leads nobody astray',
    async (name) => {
      for (const make of [fifo, (file: string) => symlinkSync('/', file)]) {
        const root = repository();
        mkdirSync(path.join(root, '.git/keyhole'));
        make(path.join(root, '.git/keyhole', name));
        recoverRepository(root);
        expect(readRepositoryHistory(root)).toEqual([]);
        await write(root, { 'a.age': 'new' });
        expect(['a', 'new']).toContain(text(root, 'a.age'));
      }
    },
  );

  test.each(['pending/COMMIT', 'undo/00000001/COMMIT'])(
    'and in which %s is a FIFO holds nobody up',
    async (name) => {
      const root = repository();
      mkdirSync(path.join(root, '.git/keyhole', path.dirname(name)), { recursive: true });
      fifo(path.join(root, '.git/keyhole', name));
      recoverRepository(root);
      expect(readRepositoryHistory(root)).toEqual([]);
      expect(codeOf(await write(root, { 'a.age': 'new' }))).toBe('ok');
    },
  );
});

describe('the history', () => {
  test('keeps the last 50 writes', async () => {
    const root = repository();
    for (let count = 0; count < 53; count += 1) await write(root, { 'a.age': `${count}` });
    const history = readRepositoryHistory(root);
    expect(history).toHaveLength(50);
    expect(history.at(-1)?.id).toBe('00000053');
  });
});
