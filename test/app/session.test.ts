import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { generateHybridIdentity, identityToRecipient } from 'age-encryption';
import { describe, expect, test, vi } from 'vitest';
import { openSession } from '../../src/app/open-session.ts';
import type { Session, SessionOptions } from '../../src/app/session.ts';
import type { Outcome } from '../../src/core/outcome.ts';
import type { SecretId } from '../../src/core/secret.ts';
import { generateX25519 } from '../../src/crypto/generate-identity.ts';
import type { AskPassphrase } from '../../src/crypto/keyring.ts';
import { KeptFiles } from '../../src/store/kept-files.ts';
import { encrypted, type Member, member, rulesFor } from '../support/agenix-repository.ts';
import { git, gitRepository, writeFiles } from '../support/git-repository.ts';
import { describeWithPeers } from '../support/peers.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

const alice = member('alice');
const bob = member('bob');
const nobody: AskPassphrase = () => Promise.resolve(null);
const id = (path: string): SecretId => path as SecretId;

/** A repository whose every secret is declared for all its `readers`, and a home with alice's key. */
async function repositoryOf(secrets: Readonly<Record<string, string>>, readers: readonly Member[] = [alice]) {
  const paths = Object.keys(secrets);
  const files = await Promise.all(
    Object.entries(secrets).map(async ([path, value]) => [path, await encrypted(value, readers)] as const),
  );
  const rules = rulesFor(readers, Object.fromEntries(paths.map((path) => [path, readers])));
  const home = temporaryDirectory();
  writeFiles(home, { '.ssh/id_ed25519': alice.privateFile });
  return { home, root: gitRepository({ 'secrets.nix': rules, ...Object.fromEntries(files) }) };
}

async function sessionOn(
  { root, home }: { root: string; home: string },
  more: Partial<SessionOptions> = {},
): Promise<Session> {
  const env = { HOME: home, PATH: process.env['PATH'] };
  const opened = await openSession({
    path: root,
    rulesFiles: [],
    identityFiles: [],
    defaultIdentities: true,
    env,
    ...more,
  });
  if (!opened.ok) throw new Error(opened.error.says);
  return opened.value;
}

const text = (outcome: Outcome<Uint8Array>): string =>
  outcome.ok ? Buffer.from(outcome.value).toString() : outcome.error.code;

/** Copies, so that a test can look at the value; the session itself never hands one out. */
async function plaintextOf(session: Session, path: string, ask: AskPassphrase = nobody): Promise<string> {
  const opened = await session.open(id(path), ask);
  if (!opened.ok) return opened.error.code;
  const copy = session.lend(opened.value.ref, (bytes) => Uint8Array.from(bytes));
  session.release(opened.value);
  return text(copy);
}

describe('opening a secret', () => {
  test('reads a file once that has not changed since the repository was read, and leaves those bytes alone', async () => {
    const place = await repositoryOf({ 'a.age': 'value a', 'b.age': 'value b' });
    // A file that is younger than two seconds is always read again.
    const clock = vi.spyOn(Date, 'now').mockReturnValue(Date.now() + 10_000);
    const session = await sessionOn(place);
    clock.mockRestore();
    const asked = vi.spyOn(KeptFiles.prototype, 'bytesOf');
    const values = await Promise.all(['a', 'b', 'b', 'a'].map((path) => plaintextOf(session, `${path}.age`)));
    expect(values).toEqual(['value a', 'value b', 'value b', 'value a']);
    const given = asked.mock.results.map(({ value }) => value).filter((value) => value !== null);
    asked.mockRestore();
    expect(given.length).toBeGreaterThan(0);
    const onDisk = ['a.age', 'b.age'].map((path) => readFileSync(join(place.root, path), 'hex'));
    for (const bytes of given) expect(onDisk).toContain(Buffer.from(bytes).toString('hex'));
  });

  test('gives its shape and handles, and lends the bytes until they are released', async () => {
    const session = await sessionOn(await repositoryOf({ 'env.age': 'USER=app\nPASSWORD="s3cret"' }));
    const opened = await session.open(id('env.age'), nobody);
    if (!opened.ok) throw new Error(opened.error.says);
    expect(JSON.stringify(opened.value)).not.toContain('s3cret');
    expect(opened.value).toMatchObject({ kind: 'dotenv', finalNewline: false, lines: 2, size: 26 });
    const password = opened.value.entries[1];
    expect(password).toMatchObject({ path: ['PASSWORD'], size: 6 });
    if (!password) throw new Error('no entry');
    const kept = session.lend(password.ref, (bytes) => bytes);
    expect(text(kept)).toBe('s3cret');
    session.release(opened.value);
    expect(kept.ok && [...kept.value]).toEqual([0, 0, 0, 0, 0, 0]);
    for (const ref of [password.ref, opened.value.ref]) {
      expect(session.lend(ref, () => 'still there')).toMatchObject({ error: { code: 'not-found' } });
    }
  });

  test('reads the file again, so that what somebody has saved since is what one gets', async () => {
    const repository = await repositoryOf({ 'a.age': 'before' });
    const session = await sessionOn(repository);
    expect(await plaintextOf(session, 'a.age')).toBe('before');
    writeFileSync(join(repository.root, 'a.age'), await encrypted('after', [alice]));
    expect(await plaintextOf(session, 'a.age')).toBe('after');
  });

  test('but not while other readers are shown than it has', async () => {
    const repository = await repositoryOf({ 'a.age': 'before' }, [alice, bob]);
    const session = await sessionOn(repository);
    expect(await plaintextOf(session, 'a.age')).toBe('before');
    const carol = member('carol');
    writeFileSync(join(repository.root, 'a.age'), await encrypted('after', [carol, alice]));
    expect(await session.open(id('a.age'), nobody)).toMatchObject({
      error: { code: 'changed', where: 'a.age', hint: 'read the repository again' },
    });
    expect((await session.reload()).ok).toBe(true);
    expect(await plaintextOf(session, 'a.age')).toBe('after');
    // The same readers in another order are the same readers.
    writeFileSync(join(repository.root, 'a.age'), await encrypted('again', [alice, carol]));
    expect(await plaintextOf(session, 'a.age')).toBe('again');
  });

  test('says when another tool has locked it', async () => {
    const repository = await repositoryOf({ 'a.age': 'x' });
    writeFileSync(join(repository.root, 'a.age'), '\0GITCRYPT\0 and more');
    const session = await sessionOn(repository);
    expect(await session.open(id('a.age'), nobody)).toMatchObject({
      error: { code: 'unsupported', says: 'locked by git-crypt' },
    });
  });

  test('fails with a reason: unknown, missing, not ours, damaged', async () => {
    const repository = await repositoryOf({ 'a.age': 'x', 'gone.age': 'x', 'cut.age': 'x' });
    rmSync(join(repository.root, 'gone.age'));
    writeFileSync(join(repository.root, 'cut.age'), (await encrypted('x', [alice])).subarray(0, -1));
    writeFileSync(join(repository.root, 'theirs.age'), await encrypted('x', [bob]));
    const session = await sessionOn(repository);
    expect(await session.open(id('never.age'), nobody)).toMatchObject({ error: { code: 'not-found' } });
    expect(await session.open(id('gone.age'), nobody)).toMatchObject({
      error: { code: 'not-found', says: 'the rules name it, but there is no such file', where: 'gone.age' },
    });
    expect(await session.open(id('theirs.age'), nobody)).toMatchObject({
      error: { code: 'no-key', where: 'theirs.age' },
    });
    expect(await session.open(id('cut.age'), nobody)).toMatchObject({
      error: { code: 'damaged', where: 'cut.age' },
    });
    expect(await session.open(id('a.age'), nobody, AbortSignal.abort())).toMatchObject({
      error: { code: 'stopped' },
    });
  });

  test('knows without decrypting what can be opened', async () => {
    const native = generateX25519();
    const repository = await repositoryOf({ 'mine.age': 'x' });
    writeFiles(repository.root, {
      'theirs.age': await encrypted('x', [bob]),
      'anonymous.age': await encrypted('x', [native.recipient.id]),
      'damaged.age': 'x',
    });
    writeFiles(repository.home, { '.config/age/key.txt': native.identity });
    const session = await sessionOn(repository);
    const answers = await Promise.all(
      ['mine.age', 'theirs.age', 'anonymous.age', 'damaged.age'].map((path) => session.readable(id(path))),
    );
    expect(answers).toEqual(['yes', 'no', 'unknown', 'unknown']);
    expect(await plaintextOf(session, 'anonymous.age')).toBe('x');
  });
});

describe('keys', () => {
  test('one that cannot be used is a line, and the others work', async () => {
    const repository = await repositoryOf({ 'a.age': 'value' });
    writeFiles(repository.home, { broken: 'AGE-SECRET-KEY-1NONSENSE\n' });
    const identityFiles = ['broken', 'gone'].map((name) => join(repository.home, name));
    const session = await sessionOn(repository, { identityFiles });
    expect(await plaintextOf(session, 'a.age')).toBe('value');
    const lines = (await session.identities()).map(({ origin, lock }) => `${origin} ${lock}`);
    expect(lines).toEqual(
      expect.arrayContaining(['~/broken unusable', '~/gone unusable', '~/.ssh/id_ed25519 open']),
    );
    const without = await sessionOn(repository, { defaultIdentities: false });
    expect(await plaintextOf(without, 'a.age')).toBe('no-key');
    expect(await without.identities()).toEqual([]);
  });

  test('one for after quantum computers has its public half in the status before it is used', async () => {
    const repository = await repositoryOf({ 'a.age': 'value' });
    const identity = await generateHybridIdentity();
    writeFiles(repository.home, { 'pq.txt': `${identity}\n` });
    const identityFiles = [join(repository.home, 'pq.txt')];
    const session = await sessionOn(repository, { identityFiles, defaultIdentities: false });
    expect(await session.identities()).toEqual([
      { origin: '~/pq.txt', kind: 'hybrid', lock: 'open', recipient: await identityToRecipient(identity) },
    ]);
  });

  describeWithPeers('with a passphrase', ['ssh-keygen'], () => {
    async function protectedRepository() {
      const repository = await repositoryOf({ 'a.age': 'one', 'b.age': 'two', 'c.env.age': 'K=v\nL=w' });
      const file = join(repository.home, '.ssh/id_ed25519');
      execFileSync('chmod', ['600', file]);
      execFileSync('ssh-keygen', ['-q', '-p', '-P', '', '-N', 'open sesame', '-a', '1', '-f', file], {
        stdio: 'ignore',
      });
      const ask = vi.fn<AskPassphrase>(async () => Buffer.from('open sesame'));
      return { repository, ask, session: await sessionOn(repository) };
    }

    test('are asked for once, for all files, and again after a lock', async () => {
      const { session, ask } = await protectedRepository();
      expect(await session.readable(id('a.age'))).toBe('yes');
      expect(await plaintextOf(session, 'a.age', ask)).toBe('one');
      expect(await plaintextOf(session, 'b.age', ask)).toBe('two');
      expect(ask).toHaveBeenCalledTimes(1);
      expect(ask.mock.calls[0]?.[0]).toMatchObject({ origin: '~/.ssh/id_ed25519', attempt: 1 });
      session.lock();
      expect(await plaintextOf(session, 'b.age', ask)).toBe('two');
      expect(ask).toHaveBeenCalledTimes(2);
    });

    test('two secrets at once ask once', async () => {
      const { session, ask } = await protectedRepository();
      expect(
        await Promise.all([plaintextOf(session, 'a.age', ask), plaintextOf(session, 'b.age', ask)]),
      ).toEqual(['one', 'two']);
      expect(ask).toHaveBeenCalledTimes(1);
    });

    test('stay locked when nobody answers, and listing keys never asks', async () => {
      const { session, ask } = await protectedRepository();
      expect(await plaintextOf(session, 'a.age')).toBe('needs-prompt');
      expect(await session.indexKeys(() => {})).toEqual({ keys: new Map(), skipped: 3 });
      await plaintextOf(session, 'a.age', ask);
      expect((await session.indexKeys(() => {})).keys).toEqual(new Map([['c.env.age', [['K'], ['L']]]]));
    });
  });
});

describe('locking', () => {
  test('overwrites what is held', async () => {
    const session = await sessionOn(await repositoryOf({ 'a.age': '{"user":"app","password":"s3cret"}' }));
    const opened = await session.open(id('a.age'), nobody);
    if (!opened.ok) throw new Error(opened.error.says);
    const refs = [opened.value.ref, ...opened.value.entries.map((entry) => entry.ref)];
    const kept = refs.map((ref) => session.lend(ref, (bytes) => bytes));
    session.lock();
    for (const bytes of kept) expect(bytes.ok && bytes.value.every((byte) => byte === 0)).toBe(true);
    for (const ref of refs) expect(session.lend(ref, () => 0).ok).toBe(false);
    expect(await plaintextOf(session, 'a.age')).toContain('s3cret');
  });

  test('while a secret is being opened keeps it closed', async () => {
    const session = await sessionOn(await repositoryOf({ 'a.age': 'value' }));
    const opening = session.open(id('a.age'), nobody);
    session.lock();
    expect(await opening).toMatchObject({ ok: false, error: { code: 'stopped' } });
  });
});

describe('the key names of all secrets', () => {
  test('are listed, what cannot be opened is counted', async () => {
    const repository = await repositoryOf({
      'a.age': 'A=1\nB=2',
      'b.age': '{"x":{"y":"z"}}',
      'c.age': 'just a password',
    });
    writeFiles(repository.root, { 'theirs.age': await encrypted('A=1\nB=2', [bob]), 'damaged.age': 'x' });
    const session = await sessionOn(repository);
    const progress: string[] = [];
    const index = await session.indexKeys((done, total) => progress.push(`${done}/${total}`));
    expect(index.keys).toEqual(
      new Map([
        ['a.age', [['A'], ['B']]],
        ['b.age', [['x', 'y']]],
      ]),
    );
    expect(index.skipped).toBe(1);
    expect(progress.at(-1)).toBe('4/4');
  });

  test('stop at a lock', async () => {
    const secrets = Array.from({ length: 200 }, (_, index) => [`${index}.age`, 'A=1\nB=2']);
    const session = await sessionOn(await repositoryOf(Object.fromEntries(secrets)));
    const index = await session.indexKeys((done) => {
      if (done > 0) session.lock();
    });
    expect(index.keys.size).toBeGreaterThan(0);
    expect(index.keys.size).toBeLessThan(200);
  });

  test('stop when told to', async () => {
    const session = await sessionOn(await repositoryOf({ 'a.age': 'A=1\nB=2' }));
    expect((await session.indexKeys(() => {}, AbortSignal.abort())).keys.size).toBe(0);
  });
});

test('reloading sees what changed, and keeps the old reading when it cannot', async () => {
  const repository = await repositoryOf({ 'a.age': 'x' });
  const session = await sessionOn(repository);
  writeFiles(repository.root, { 'new.age': await encrypted('x', [alice]) });
  expect(session.repository().secrets).toHaveLength(1);
  expect((await session.reload()).ok).toBe(true);
  expect(session.repository().secrets.map((secret) => secret.state)).toEqual(['ok', 'orphan']);
  expect(await session.reload(AbortSignal.abort())).toMatchObject({ error: { code: 'stopped' } });
  expect(session.repository().secrets).toHaveLength(2);
  git(repository.root, 'add', '-A');
  expect(await session.lastChange(id('a.age'))).toMatchObject({ value: { author: 'Alice Example' } });
});

describeWithPeers('files made by the real programs', ['age', 'rage'], () => {
  test.each(['age', 'rage'])('%s', async (program) => {
    const repository = await repositoryOf({ 'a.age': 'x' });
    const key = join(repository.home, 'alice.pub');
    writeFileSync(key, alice.publicLine);
    const make = (...more: readonly string[]): Buffer =>
      execFileSync(program, ['-e', '-R', key, ...more], { input: 'made elsewhere' });
    writeFiles(repository.root, { 'a.age': make(), 'armored.age': make('-a') });
    const session = await sessionOn(repository);
    expect(session.repository().secrets).toMatchObject([
      { id: 'a.age', state: 'ok', armored: false },
      { id: 'armored.age', state: 'orphan', armored: true },
    ]);
    expect(await plaintextOf(session, 'a.age')).toBe('made elsewhere');
    expect(await plaintextOf(session, 'armored.age')).toBe('made elsewhere');
  });
});

describe('a session for one secret', () => {
  const file = (address: string) => ({ address, withRules: false });
  const withRules = (address: string) => ({ address, withRules: true });

  test('reads nothing else when the address is an exact path', async () => {
    const made = await repositoryOf({ 'db.age': 'KEY=value\n', 'web.age': 'other' });
    writeFileSync(join(made.root, 'secrets.nix'), 'this is no Nix {');
    for (const only of ['db.age', 'db.age#KEY', './db.age', join(made.root, 'db.age')]) {
      const session = await sessionOn(made, { only: file(only) });
      expect(session.repository()).toMatchObject({ rules: [], problems: [], secrets: [{ id: 'db.age' }] });
      expect(session.repository().secrets).toHaveLength(1);
      expect(await plaintextOf(session, 'db.age')).toBe('KEY=value\n');
    }
  });

  test('reads the rules and no other file when the rules are wanted', async () => {
    const made = await repositoryOf({ 'db.age': 'KEY=value\n', 'web.age': 'other' }, [alice, bob]);
    writeFiles(made.root, { 'orphan.age': 'x' });
    rmSync(join(made.root, 'web.age'));
    for (const [only, state] of [
      ['db.age', 'ok'],
      ['./db.age#KEY', 'ok'],
      ['web.age', 'missing'],
      ['orphan.age', 'damaged'],
    ] as const) {
      const { secrets, rules, recipients } = (await sessionOn(made, { only: withRules(only) })).repository();
      expect(secrets).toHaveLength(1);
      expect(secrets[0]?.state).toBe(state);
      expect([rules.length, recipients.size]).toEqual([1, 2]);
    }
    const whole = await sessionOn(made, { only: withRules('nothing.age') });
    expect(whole.repository().secrets).toHaveLength(3);
  });

  test('knows the rest after a reload', async () => {
    const session = await sessionOn(await repositoryOf({ 'db.age': 'one', 'web.age': 'two' }), {
      only: file('db.age'),
    });
    expect((await session.reload()).ok).toBe(true);
    expect(session.repository().secrets).toMatchObject([
      { id: 'db.age', state: 'ok' },
      { id: 'web.age', state: 'ok' },
    ]);
  });

  test('reads everything where that is needed to say what is meant', async () => {
    const made = await repositoryOf({ 'db.age': 'root', 'hosts/db.age': 'host', 'hosts/web.age': 'web' });
    const all = ['db.age', 'hosts/db.age', 'hosts/web.age'];
    const idsFor = async (more: Partial<SessionOptions>) =>
      (await sessionOn(made, more)).repository().secrets.map((secret) => secret.id);
    expect(await idsFor({ only: file('web') })).toEqual(all);
    expect(await idsFor({ only: file('nothing.age') })).toEqual(all);
    expect(await idsFor({ only: file('secrets.nix') })).toEqual(all);
    expect(await idsFor({ only: file('../outside.age') })).toEqual(all);
    expect(await idsFor({ only: file('db.age'), path: join(made.root, 'hosts') })).toEqual(all);
    expect(
      await idsFor({
        only: file('db.age'),
        rulesFiles: [join(made.root, 'secrets.nix')],
      }),
    ).toEqual(all);
  });

  test('does not follow the address out of the repository', async () => {
    const made = await repositoryOf({ 'db.age': 'inside' });
    const outside = join(temporaryDirectory(), 'outside.age');
    writeFileSync(outside, await encrypted('outside', [alice]));
    symlinkSync(outside, join(made.root, 'link.age'));
    const session = await sessionOn(made, { only: file('link.age') });
    expect(await plaintextOf(session, 'link.age')).toBe('refused');
  });
});
