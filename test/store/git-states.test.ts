import { execFileSync, spawnSync } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  mkdirSync,
  readdirSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type GitState, sayGitState } from '../../src/core/git-state.ts';
import { gitStates } from '../../src/store/git/git-states.ts';
import { type Files, git, gitRepository, writeFiles } from '../support/git-repository.ts';
import { describeWithPeers } from '../support/peers.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

const env = { PATH: process.env['PATH'] };
const files = { 'a.age': 'one', 'deep/er/b.age': 'two', 'deep/c.age': 'three', 'ünï "q".age': 'four\n' };

async function states(root: string, ...paths: readonly string[]): Promise<Record<string, GitState>> {
  const found = await gitStates(root, paths, { env, signal: undefined });
  if (!found.ok) throw new Error(`${found.error.code}: ${found.error.says}`);
  return Object.fromEntries(found.value?.files ?? []);
}

const stateOf = async (root: string, path: string): Promise<string> => {
  const { [path]: state } = await states(root, path);
  return state === undefined ? 'nothing' : `${state.tree}${state.isStaged ? ', staged' : ''}`;
};

/** The first commit, and everything as in it. */
const committed = (more: Files = {}): string => gitRepository({ ...files, ...more });

/** What `git status` says, in the words of `stateOf`. Runs everything the repository configures. */
function statusOf(root: string, path: string): string {
  const line =
    git(root, 'status', '--porcelain', '-z', '--untracked-files=all', '--', path).split('\0')[0] ?? '';
  const [index = ' ', tree = ' '] = line;
  if (line === '') return 'clean';
  if (line.startsWith('??')) return 'untracked';
  if ('DAU'.includes(index) && 'DAU'.includes(tree) && (index === tree || index === 'U' || tree === 'U'))
    return 'conflicted';
  if (index === 'D' && tree === ' ') return 'deleted, staged';
  const word = tree === ' ' ? 'clean' : tree === 'D' ? 'deleted' : 'modified';
  return index === ' ' ? word : `${word}, staged`;
}

describeWithPeers('the state of a file is what git status says', ['git'], () => {
  const stories: Record<string, (root: string) => void> = {
    'nothing happened': () => {},
    'it was written again, the same': (root) => writeFileSync(join(root, 'a.age'), 'one'),
    'it has another time only': (root) => utimesSync(join(root, 'a.age'), 1, 1),
    'it was changed': (root) => writeFileSync(join(root, 'a.age'), 'one and more'),
    'it was changed, to the same length': (root) => writeFileSync(join(root, 'a.age'), 'eno'),
    'it was deleted': (root) => rmSync(join(root, 'a.age')),
    'its deletion is staged': (root) => git(root, 'rm', '-q', 'a.age'),
    'a change is staged': (root) => {
      writeFileSync(join(root, 'a.age'), 'two');
      git(root, 'add', 'a.age');
    },
    'a change is staged, and there is another': (root) => {
      writeFileSync(join(root, 'a.age'), 'two');
      git(root, 'add', 'a.age');
      writeFileSync(join(root, 'a.age'), 'three');
    },
    'a change is staged, and it was deleted': (root) => {
      writeFileSync(join(root, 'a.age'), 'two');
      git(root, 'add', 'a.age');
      rmSync(join(root, 'a.age'));
    },
    'it became a link': (root) => {
      rmSync(join(root, 'a.age'));
      symlinkSync('deep/c.age', join(root, 'a.age'));
    },
    'a merge waits for it': (root) => {
      git(root, 'checkout', '-q', '-b', 'theirs');
      writeFileSync(join(root, 'a.age'), 'theirs');
      git(root, 'commit', '-qam', 'theirs');
      git(root, 'checkout', '-q', 'main');
      writeFileSync(join(root, 'a.age'), 'ours');
      git(root, 'commit', '-qam', 'ours');
      expect(() => git(root, 'merge', '-q', 'theirs')).toThrow();
    },
    'HEAD is detached, refs are packed': (root) => {
      git(root, 'pack-refs', '--all');
      git(root, 'gc', '-q');
      git(root, 'checkout', '-q', '--detach');
      writeFileSync(join(root, 'a.age'), 'two');
    },
  };

  test.each(Object.keys(stories))('%s', async (story) => {
    const root = committed();
    stories[story]?.(root);
    const seen = await stateOf(root, 'a.age');
    expect(seen).toBe(statusOf(root, 'a.age'));
    expect(await stateOf(root, 'deep/er/b.age')).toBe('clean');
  });

  test('of new files: untracked, staged, only announced, taken out of the index, not there at all', async () => {
    const root = committed();
    writeFiles(root, { 'new.age': 'n', 'added.age': 'n', 'announced.age': 'n' });
    git(root, 'add', 'added.age');
    git(root, 'add', '-N', 'announced.age');
    git(root, 'rm', '-q', '--cached', 'a.age');
    expect(await states(root, 'new.age', 'added.age', 'announced.age', 'a.age', 'gone.age')).toEqual({
      'new.age': { tree: 'untracked', isStaged: false },
      'added.age': { tree: 'clean', isStaged: true },
      'announced.age': { tree: 'untracked', isStaged: false },
      'a.age': { tree: 'untracked', isStaged: true },
    });
  });

  test('with index versions 2 to 4, with SHA-256, in a linked work tree, before the first commit', async () => {
    for (const version of [2, 3, 4]) {
      const root = committed();
      git(root, 'update-index', `--index-version=${version}`, '--force-write-index');
      writeFileSync(join(root, 'ünï "q".age'), 'changed');
      expect(await stateOf(root, 'ünï "q".age')).toBe('modified');
      expect(await stateOf(root, 'deep/c.age')).toBe('clean');
    }
    const modern = temporaryDirectory();
    git(modern, 'init', '-q', '--object-format=sha256');
    writeFiles(modern, files);
    expect(await stateOf(modern, 'a.age')).toBe('untracked');
    git(modern, 'add', '-A');
    expect(await stateOf(modern, 'a.age')).toBe('clean, staged');
    git(modern, 'commit', '-q', '-m', 'start');
    expect(await stateOf(modern, 'a.age')).toBe('clean');
    utimesSync(join(modern, 'a.age'), 1, 1);
    expect(await stateOf(modern, 'a.age')).toBe('clean');
    const linked = join(temporaryDirectory(), 'linked');
    git(modern, 'worktree', 'add', '-q', '-b', 'side', linked);
    writeFileSync(join(linked, 'a.age'), 'changed');
    expect(await stateOf(linked, 'a.age')).toBe('modified');
    expect(await stateOf(modern, 'a.age')).toBe('clean');
  });

  test('of more paths than fit an argument list', async () => {
    const many = Object.fromEntries(
      Array.from({ length: 2_000 }, (_, at) => [`${'d'.repeat(40)}/${at}.age`, `${at}`]),
    );
    const root = committed(many);
    writeFileSync(join(root, Object.keys(many)[1_000] ?? ''), 'changed');
    const found = await states(root, ...Object.keys(many));
    expect(Object.values(found).filter(({ tree }) => tree === 'clean')).toHaveLength(1_999);
    expect(Object.values(found).filter(({ tree }) => tree === 'modified')).toHaveLength(1);
  });

  test('and no git at all is not an error', async () => {
    const root = temporaryDirectory();
    writeFiles(root, files);
    expect(await gitStates(root, ['a.age'], { env, signal: undefined })).toEqual({ ok: true, value: null });
  });
});

describeWithPeers('the state of a file is unknown', ['git'], () => {
  test('behind a filter or another encoding, unless git saw the file as it is', async () => {
    const attributes = 'a.age filter=lock\ndeep/** working-tree-encoding=UTF-16\n';
    const root = committed();
    writeFiles(root, { '.gitattributes': attributes });
    expect(await stateOf(root, 'a.age')).toBe('clean');
    for (const name of ['a.age', 'deep/c.age', 'ünï "q".age']) writeFileSync(join(root, name), 'other');
    expect(await stateOf(root, 'a.age')).toBe('unknown');
    expect(await stateOf(root, 'deep/c.age')).toBe('unknown');
    expect(await stateOf(root, 'ünï "q".age')).toBe('modified');
    writeFileSync(join(root, '.git/info/attributes'), '*.age filter=everywhere\n');
    expect(await stateOf(root, 'ünï "q".age')).toBe('unknown');
  });

  test('where line ends may be converted, and only there', async () => {
    const root = committed({ 'text.age': 'a\n', 'binary.age': 'a\0' });
    writeFiles(root, { 'text.age': 'a\r\n', 'binary.age': 'a\0\r\n', 'a.age': 'no such line ends\n' });
    expect(await stateOf(root, 'text.age')).toBe('unknown');
    expect(await stateOf(root, 'binary.age')).toBe('modified');
    expect(await stateOf(root, 'a.age')).toBe('modified');
    // And for somebody who has git convert, a commit would change nothing.
    git(root, 'config', 'core.autocrlf', 'true');
    expect(git(root, 'diff', '--', 'text.age')).toBe('');
    expect(git(root, 'diff', '--', 'a.age')).not.toBe('');
    writeFiles(root, { '.gitattributes': '*.age -text\n' });
    expect(await stateOf(root, 'text.age')).toBe('modified');
  });

  test('where git was told not to look, in a submodule, where a directory is a link, for an odd attributes file', async () => {
    const root = committed();
    git(root, 'update-index', '--assume-unchanged', 'a.age');
    git(root, 'update-index', '--skip-worktree', 'deep/c.age');
    writeFileSync(join(root, 'a.age'), 'changed');
    rmSync(join(root, 'deep/c.age'));
    expect(await stateOf(root, 'a.age')).toBe('unknown');
    expect(await stateOf(root, 'deep/c.age')).toBe('unknown');

    const outer = committed();
    const inner = gitRepository({ 'x.age': 'x' });
    git(outer, '-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', inner, 'sub');
    symlinkSync('deep', join(outer, 'link'));
    expect(await stateOf(outer, 'sub/x.age')).toBe('unknown');
    expect(await stateOf(outer, 'link/c.age')).toBe('unknown');
    execFileSync('mkfifo', [join(outer, '.gitattributes')]);
    writeFileSync(join(outer, 'a.age'), 'changed');
    expect(await stateOf(outer, 'a.age')).toBe('unknown');
  });

  test('and said to be so, for an index that only git reads, objects from elsewhere, no git program', async () => {
    const ask = async (root: string, from = env) =>
      gitStates(root, ['a.age'], { env: from, signal: undefined });
    const split = committed();
    git(split, 'update-index', '--split-index');
    expect(await ask(split)).toMatchObject({ error: { code: 'unsupported' } });
    const shared = join(temporaryDirectory(), 'shared');
    git(split, 'clone', '-q', '--shared', split, shared);
    expect(await ask(shared)).toMatchObject({ error: { code: 'refused' } });
    expect(await ask(committed(), { PATH: 'bin:' })).toMatchObject({ error: { code: 'unsupported' } });
    chmodSync(join(split, 'a.age'), 0o755);
  });

  test('whether only the bit to execute differs, which a setting decides', async () => {
    const root = committed();
    chmodSync(join(root, 'a.age'), 0o755);
    expect(await stateOf(root, 'a.age')).toBe('unknown');
  });
});

describeWithPeers('to tell the state of a file nothing is run', ['git'], () => {
  test('of what a hostile repository configures, while git status runs it', async () => {
    const root = committed({ '.gitattributes': '*.age filter=evil diff=evil\n' });
    const marks = temporaryDirectory();
    const evil = (name: string): string => `touch ${join(marks, name)}; cat`;
    for (const [key, value] of [
      ['core.fsmonitor', evil('fsmonitor')],
      ['core.hooksPath', join(root, 'hooks')],
      ['filter.evil.clean', evil('clean')],
      ['filter.evil.process', evil('process')],
      ['diff.evil.textconv', evil('textconv')],
      ['core.pager', evil('pager')],
      ['include.path', join(marks, 'included')],
    ] as const) {
      git(root, 'config', key, value);
    }
    mkdirSync(join(root, 'hooks'));
    writeFileSync(join(root, 'hooks/post-index-change'), `#!/bin/sh\n${evil('hook')}\n`, { mode: 0o755 });
    appendFileSync(join(root, 'a.age'), 'changed');
    writeFileSync(join(root, 'new.age'), 'new');
    expect(await states(root, ...Object.keys(files), 'new.age')).toMatchObject({
      'a.age': { tree: 'unknown' },
      'deep/c.age': { tree: 'clean' },
      'new.age': { tree: 'untracked' },
    });
    expect(readdirSync(marks)).toEqual([]);
    // The traps are armed: git itself falls into them.
    spawnSync('git', ['status'], { cwd: root, env: { ...env, HOME: '/nonexistent' } });
    expect(readdirSync(marks)).toEqual(expect.arrayContaining(['fsmonitor', 'process']));
  });
});

test('every state has its words', () => {
  expect(sayGitState({ tree: 'modified', isStaged: false })).toBe('modified, not committed');
  expect(sayGitState({ tree: 'clean', isStaged: true })).toBe('staged, not committed');
});
