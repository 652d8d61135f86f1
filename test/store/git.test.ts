import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import type { GitInfo } from '../../src/core/repository.ts';
import type { SecretId } from '../../src/core/secret.ts';
import { closeGitDirectory, findGitDirectory } from '../../src/store/git/find-git-directory.ts';
import { parseGitIndex } from '../../src/store/git/parse-index.ts';
import { readHead } from '../../src/store/git/read-head.ts';
import { lastChange } from '../../src/store/git-history.ts';
import { openJail } from '../../src/store/jail.ts';
import { git, gitRepository, writeFiles } from '../support/git-repository.ts';
import { describeWithPeers } from '../support/peers.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

function headOf(root: string): GitInfo | string {
  const jail = openJail(root);
  const found = findGitDirectory(root, jail);
  jail.close();
  if (!found.ok) return `${found.error.code}: ${found.error.says}`;
  if (found.value === null) return 'no git';
  const head = readHead(found.value);
  closeGitDirectory(found.value);
  return head;
}

const files = { 'a.age': 'one', 'deep/er/b.age': 'two', 'deep/c.txt': 'three', 'ünïcode.age': 'four' };
const id = (path: string): SecretId => path as SecretId;

describeWithPeers('the index as git writes it', ['git'], () => {
  const pathsOf = (root: string): unknown =>
    parseGitIndex(readFileSync(join(root, '.git/index')))?.map((entry) => entry.path);
  const tracked = (root: string): readonly string[] =>
    git(root, 'ls-files', '-z')
      .split('\0')
      .filter((path) => path !== '');

  test.each([2, 3, 4])('version %i lists what git ls-files lists', (version) => {
    const root = gitRepository(files);
    if (version === 3) {
      writeFileSync(join(root, 'intent.age'), '');
      git(root, 'add', '--intent-to-add', 'intent.age');
    }
    git(root, 'update-index', `--index-version=${version}`, '--force-write-index');
    expect(readFileSync(join(root, '.git/index')).readUInt32BE(4)).toBe(version);
    expect(pathsOf(root)).toEqual(tracked(root));
  });

  test('SHA-256, links, submodules, names that are not UTF-8, and names over 4095 bytes', () => {
    const root = temporaryDirectory();
    git(root, 'init', '-q', '--object-format=sha256');
    writeFileSync(
      Buffer.concat([Buffer.from(`${root}/caf`), Buffer.from([0xe9, 0x2e, 0x61, 0x67, 0x65])]),
      '',
    );
    symlinkSync('nowhere', join(root, 'link.age'));
    git(root, 'add', '-A');
    const long = `${'directory/'.repeat(450)}x.age`;
    const blob = git(root, 'hash-object', '-w', '--stdin').trim();
    git(root, 'update-index', '--add', '--cacheinfo', `160000,${blob},submodule`);
    git(root, 'update-index', '--add', '--cacheinfo', `100644,${blob},${long}`);
    const entries = parseGitIndex(readFileSync(join(root, '.git/index')));
    expect(entries).toEqual([
      { path: new Uint8Array([0x63, 0x61, 0x66, 0xe9, 0x2e, 0x61, 0x67, 0x65]), kind: 'file' },
      { path: long, kind: 'file' },
      { path: 'link.age', kind: 'link' },
      { path: 'submodule', kind: 'submodule' },
    ]);
  });

  test('a split index is left to the directory walk, and so is a damaged one', () => {
    const root = gitRepository(files);
    git(root, 'update-index', '--split-index');
    expect(pathsOf(root)).toBeUndefined();
    const whole = readFileSync(join(gitRepository(files), '.git/index'));
    for (let length = 0; length < whole.length; length += 7) {
      expect(parseGitIndex(whole.subarray(0, length))).toBe(null);
    }
  });
});

describeWithPeers('branch and commit without running git', ['git'], () => {
  test('a fresh repository, one with a commit, packed refs, a detached head', () => {
    const fresh = temporaryDirectory();
    expect(headOf(fresh)).toBe('no git');
    git(fresh, 'init', '-q', '-b', 'trunk');
    expect(headOf(fresh)).toEqual({ branch: 'trunk', head: null });
    const root = gitRepository(files);
    const head = git(root, 'rev-parse', 'HEAD').trim();
    expect(headOf(root)).toEqual({ branch: 'main', head });
    git(root, 'pack-refs', '--all');
    expect(existsSync(join(root, '.git/refs/heads/main'))).toBe(false);
    expect(headOf(root)).toEqual({ branch: 'main', head });
    git(root, 'checkout', '-q', '--detach');
    expect(headOf(root)).toEqual({ branch: null, head });
  });

  test('a linked work tree and a submodule point outside, and are pointed back at', () => {
    const root = gitRepository(files);
    const linked = join(temporaryDirectory(), 'linked');
    git(root, 'worktree', 'add', '-q', '-b', 'side', linked);
    const head = git(root, 'rev-parse', 'HEAD').trim();
    expect(headOf(linked)).toEqual({ branch: 'side', head });
    git(
      root,
      '-c',
      'protocol.file.allow=always',
      'submodule',
      '--quiet',
      'add',
      gitRepository({ 'x.age': 'x' }),
      'sub',
    );
    expect(headOf(join(root, 'sub'))).toMatchObject({ branch: 'main' });
  });

  test('a .git file that points to somebody else, and a .git link, are refused', () => {
    const victim = gitRepository(files);
    git(victim, 'worktree', 'add', '-q', '-b', 'side', join(temporaryDirectory(), 'theirs'));
    const hostile = temporaryDirectory();
    for (const target of [join(victim, '.git'), join(victim, '.git/worktrees/theirs'), '/etc', '/gone']) {
      writeFileSync(join(hostile, '.git'), `gitdir: ${target}\n`);
      expect(headOf(hostile), target).toBe(
        'refused: points to a git directory outside that does not point back',
      );
    }
    rmSync(join(hostile, '.git'));
    symlinkSync(join(victim, '.git'), join(hostile, '.git'));
    expect(headOf(hostile)).toBe('refused: neither a directory nor a file');
  });
});

describeWithPeers('the last change of a file', ['git'], () => {
  const env = { PATH: process.env['PATH'] };

  test('is the newest commit that touched it, also in a linked work tree and with SHA-256', async () => {
    const root = gitRepository(files);
    const first = git(root, 'rev-parse', 'HEAD').trim();
    writeFiles(root, { 'deep/c.txt': 'changed' });
    git(root, 'commit', '-q', '-a', '-m', 'second', '--date', '2024-04-01T00:00:00Z');
    const expected = { commit: first, author: 'Alice Example', when: Date.UTC(2024, 2, 1, 12) };
    expect(await lastChange(root, id('deep/er/b.age'), env)).toEqual({ ok: true, value: expected });
    expect(await lastChange(root, id('gone.age'), env)).toEqual({ ok: true, value: null });
    const linked = join(temporaryDirectory(), 'linked');
    git(root, 'worktree', 'add', '-q', '-b', 'side', linked);
    expect(await lastChange(linked, id('ünïcode.age'), env)).toEqual({ ok: true, value: expected });
    const modern = temporaryDirectory();
    git(modern, 'init', '-q', '--object-format=sha256');
    expect(await lastChange(modern, id('a.age'), env)).toEqual({ ok: true, value: null });
    writeFiles(modern, files);
    git(modern, 'add', '-A');
    git(modern, 'commit', '-q', '-m', 'start');
    expect(await lastChange(modern, id('a.age'), env)).toMatchObject({ value: { author: 'Alice Example' } });
  });

  test('in a shallow clone, and for names that git would take for patterns', async () => {
    const root = gitRepository({ ':(glob)*.age': 'x', '-p.age': 'y' });
    writeFiles(root, { other: 'z' });
    git(root, 'add', '-A');
    git(root, 'commit', '-q', '-m', 'second');
    const shallow = join(temporaryDirectory(), 'shallow');
    git(root, 'clone', '-q', '--depth=1', `file://${root}`, shallow);
    for (const name of [':(glob)*.age', '-p.age']) {
      expect(await lastChange(shallow, id(name), env), name).toMatchObject({
        value: { author: 'Alice Example' },
      });
    }
  });

  test('leaves nothing behind, stops when told to, and says so when git is not there', async () => {
    const root = gitRepository(files);
    const scratch = temporaryDirectory();
    vi.stubEnv('TMPDIR', scratch);
    onTestFinished(() => void vi.unstubAllEnvs());
    expect(await lastChange(root, id('a.age'), env)).toMatchObject({ ok: true });
    expect(await lastChange(root, id('a.age'), env, AbortSignal.abort())).toMatchObject({
      error: { code: 'stopped' },
    });
    expect(readdirSync(scratch)).toEqual([]);
    rmSync(scratch, { recursive: true });
    expect(await lastChange(root, id('a.age'), env)).toMatchObject({ error: { code: 'io' } });
    const relative = { PATH: 'bin:./node_modules/.bin:' };
    expect(await lastChange(root, id('a.age'), relative)).toMatchObject({ error: { code: 'unsupported' } });
  });

  test('runs nothing of what a hostile repository configures, while plain git does', async () => {
    const root = gitRepository({ ...files, '.gitattributes': '* diff=evil filter=evil\n' });
    const marks = temporaryDirectory();
    const evil = (name: string): string => `touch ${join(marks, name)}; false`;
    for (const [key, value] of [
      ['core.fsmonitor', evil('fsmonitor')],
      ['core.pager', evil('pager')],
      ['pager.log', evil('pager-log')],
      ['core.hooksPath', marks],
      ['diff.evil.textconv', evil('textconv')],
      ['diff.evil.command', evil('command')],
      ['diff.external', evil('external')],
      ['filter.evil.clean', evil('clean')],
      ['filter.evil.smudge', evil('smudge')],
      ['gpg.program', evil('gpg')],
      ['log.showSignature', 'true'],
      ['core.sshCommand', evil('ssh')],
      ['remote.origin.url', `ext::sh -c "touch ${join(marks, 'promisor')}"`],
      ['remote.origin.promisor', 'true'],
      ['extensions.partialClone', 'origin'],
      ['protocol.ext.allow', 'always'],
      ['include.path', join(marks, 'included')],
    ] as const) {
      git(root, 'config', key, value);
    }
    git(root, 'config', 'core.repositoryFormatVersion', '1');
    mkdirSync(join(root, '.git/hooks'), { recursive: true });
    expect(await lastChange(root, id('a.age'), env)).toMatchObject({ value: { author: 'Alice Example' } });
    expect(readdirSync(marks)).toEqual([]);
    // Positive control: the traps are armed.
    try {
      git(root, 'status');
      git(root, 'log', '-p', '--textconv');
    } catch {}
    expect(readdirSync(marks)).toContain('fsmonitor');
  });

  test('does not ask the network for an object that a partial clone lacks', async () => {
    const root = gitRepository(files);
    const marks = temporaryDirectory();
    git(root, 'config', 'core.repositoryFormatVersion', '1');
    git(root, 'config', 'extensions.partialClone', 'origin');
    git(root, 'config', 'remote.origin.promisor', 'true');
    git(root, 'config', 'protocol.ext.allow', 'always');
    git(root, 'config', 'remote.origin.url', `ext::sh -c touch% ${join(marks, 'promisor')}`);
    const tree = git(root, 'rev-parse', 'HEAD^{tree}').trim();
    rmSync(join(root, '.git/objects', tree.slice(0, 2), tree.slice(2)));
    expect(await lastChange(root, id('a.age'), env)).toMatchObject({ error: { code: 'io' } });
    expect(readdirSync(marks)).toEqual([]);
  });

  test('does not read objects from outside', async () => {
    const root = gitRepository(files);
    writeFileSync(join(root, '.git/objects/info/alternates'), '/etc\n');
    expect(await lastChange(root, id('a.age'), env)).toMatchObject({ error: { code: 'refused' } });
  });

  test('follows no link and waits for no FIFO among the objects, however deep', async () => {
    const outside = temporaryDirectory();
    writeFiles(outside, { 'x.pack': '', 'aa/bb': '' });
    const put: Record<string, (path: string) => void> = {
      'objects/aa': (path) => symlinkSync(join(outside, 'aa'), path),
      'objects/ff/0123': (path) => symlinkSync(join(outside, 'aa/bb'), path),
      'objects/pack/pack-1.pack': (path) => symlinkSync(join(outside, 'x.pack'), path),
      'objects/pack/pack-1.idx': (path) => execFileSync('mkfifo', [path]),
      'objects/info/commit-graph': (path) => symlinkSync('/dev/zero', path),
      'objects/info/commit-graphs/chain': (path) => symlinkSync('/etc/hostname', path),
    };
    for (const [path, make] of Object.entries(put)) {
      const root = gitRepository(files);
      const target = join(root, '.git', path);
      rmSync(target, { recursive: true, force: true });
      mkdirSync(dirname(target), { recursive: true });
      make(target);
      expect(await lastChange(root, id('a.age'), env), path).toMatchObject({
        error: { code: 'refused', where: `.git/${path}` },
      });
    }
    expect(await lastChange(gitRepository(files), id('a.age'), env)).toMatchObject({ ok: true });
  });
});
