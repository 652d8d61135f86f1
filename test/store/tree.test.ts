import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Outcome } from '../../src/core/outcome.ts';
import { findGitDirectory } from '../../src/store/git/find-git-directory.ts';
import { type Jail, openJail } from '../../src/store/jail.ts';
import { nixFilesOf } from '../../src/store/nix-files.ts';
import { listTree } from '../../src/store/tree/list-tree.ts';
import { walkDirectories } from '../../src/store/tree/walk-directories.ts';
import { git, gitRepository, writeFiles } from '../support/git-repository.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

function jailOn(root: string): Jail {
  const jail = openJail(root);
  onTestFinished(() => jail.close());
  return jail;
}

function listed(root: string): readonly string[] {
  const jail = jailOn(root);
  const found = findGitDirectory(root, jail);
  return listTree(jail, found.ok ? found.value : null).entries.map(({ path, kind }) => `${kind} ${path}`);
}

describe('the list of files', () => {
  test('with git is what git tracks, and new age files beside tracked ones', () => {
    const root = gitRepository({ 'secrets/a.age': '', 'flake.nix': '', 'docs/x.md': '' });
    symlinkSync('a.age', join(root, 'secrets/link.age'));
    git(root, 'add', '-A');
    writeFiles(root, { 'secrets/new.age': '', 'secrets/notes.txt': '', 'build/copy.age': '', 'new.nix': '' });
    expect(listed(root)).toEqual([
      'file docs/x.md',
      'file flake.nix',
      'file secrets/a.age',
      'link secrets/link.age',
      'file secrets/new.age',
    ]);
  });

  test('without git is a walk that leaves out what is not part of it', () => {
    const root = temporaryDirectory();
    writeFiles(root, { 'a.age': '', 'node_modules/x/b.age': '', '.direnv/c.age': '', 'hosts/d.age': '' });
    const other = gitRepository({ 'theirs.age': '' });
    symlinkSync(other, join(root, 'linked'));
    mkdirSync(join(root, 'nested'));
    git(root, 'clone', '-q', other, 'nested');
    expect(listed(root)).toEqual(['file a.age', 'file hosts/d.age', 'link linked']);
  });

  test('stops at its limits and says so', () => {
    const root = temporaryDirectory();
    mkdirSync(join(root, 'x/'.repeat(40)), { recursive: true });
    const { problems } = walkDirectories(jailOn(root));
    expect(problems).toMatchObject([
      { code: 'refused', says: 'more than 24 directories deep: not searched' },
    ]);
    // Directories count too: a tree of nothing else would never end.
    expect(walkDirectories(jailOn(root), 20).problems).toMatchObject([
      { code: 'refused', says: 'more than 20 files and directories: the rest was not searched' },
    ]);
  });
});

describe('the files that rules may read', () => {
  const says = (outcome: Outcome<unknown>): string => (outcome.ok ? 'read' : outcome.error.code);

  test('lie below the root, by absolute path', () => {
    const root = gitRepository({ 'keys/alice.pub': 'ssh-ed25519 AAAA', 'keys/bob.pub': '' });
    const outside = temporaryDirectory();
    writeFiles(outside, { 'x.pub': '' });
    symlinkSync(outside, join(root, 'away'));
    symlinkSync('alice.pub', join(root, 'keys/me.pub'));
    const files = nixFilesOf(jailOn(root));
    const read = files.readFile(join(root, 'keys/me.pub'));
    expect(read.ok && Buffer.from(read.value).toString()).toBe('ssh-ed25519 AAAA');
    const keys = files.readDirectory(join(root, 'keys'));
    expect(keys.ok && Object.fromEntries(keys.value)).toEqual({
      'alice.pub': 'regular',
      'bob.pub': 'regular',
      'me.pub': 'symlink',
    });
    expect(files.readLink(join(root, 'keys/me.pub'))).toBe('alice.pub');
    for (const path of [
      join(outside, 'x.pub'),
      join(root, 'away/x.pub'),
      `${root}-more/x`,
      '/etc/hostname',
      '/',
    ]) {
      expect(says(files.readFile(path)), path).toBe('refused');
      expect(files.exists(path), path).toBe(false);
    }
    expect(says(files.readDirectory(outside))).toBe('refused');
    expect(says(files.readDirectory(join(root, 'keys/bob.pub')))).toBe('not-found');
    expect(files.exists(root) && files.exists(join(root, 'keys'))).toBe(true);
  });

  test('have UTF-8 names', () => {
    const root = temporaryDirectory();
    mkdirSync(Buffer.concat([Buffer.from(`${root}/caf`), Buffer.from([0xe9])]));
    expect(says(nixFilesOf(jailOn(root)).readDirectory(root))).toBe('unsupported');
  });
});
