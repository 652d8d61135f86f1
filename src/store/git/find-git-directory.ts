import { lstatSync, realpathSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, resolve } from 'node:path';
import { fail, type Outcome, ok } from '../../core/outcome.ts';
import { type Jail, openJail } from '../jail.ts';

/** Where git keeps what belongs to a work tree; each part is a jail of its own. */
export interface GitDirectory {
  /** HEAD and index. The jail's root is the `.git` directory, or `.git/worktrees/NAME` of the main repository. */
  readonly own: Jail;
  /** Branches and objects; the same as `own` except in a linked work tree. */
  readonly common: Jail;
}

/** Closes what reading from it opened. */
export function closeGitDirectory(git: GitDirectory): void {
  git.own.close();
  git.common.close();
}

/**
 * The git directory of the work tree at `root`; `null` when there is none. A `.git` file may point outside only to a
 * linked work tree or submodule that points back at us, since everything else could make us read any directory.
 */
export function findGitDirectory(root: string, tree: Jail): Outcome<GitDirectory | null> {
  const stats = lstatSync(join(root, '.git'), { throwIfNoEntry: false });
  if (stats === undefined) return ok(null);
  if (stats.isDirectory()) {
    const own = openJail(join(root, '.git'));
    return ok({ own, common: own });
  }
  if (!stats.isFile()) return fail('refused', 'neither a directory nor a file', { where: '.git' });
  const pointer = readPointer(tree, '.git', 'gitdir: ');
  if (pointer === null) return fail('refused', 'does not name a git directory', { where: '.git' });
  const target = resolve(root, pointer);
  if (target.startsWith(`${root}/`) || pointsBack(target, root)) return openLinked(target);
  return fail('refused', 'points to a git directory outside that does not point back', {
    where: '.git',
    hint: 'branch and history are not shown',
  });
}

/** `.git/worktrees/NAME/gitdir` names our `.git`; `.git/modules/NAME/config` has its work tree at our root. */
function pointsBack(target: string, root: string): boolean {
  const parent = basename(dirname(target));
  if (parent === 'worktrees' && basename(dirname(dirname(target))).endsWith('.git')) {
    const back = inDirectory(target, (jail) => readPointer(jail, 'gitdir', ''));
    return back !== null && resolve(target, back) === join(root, '.git');
  }
  if (!target.includes('/.git/modules/')) return false;
  const back = inDirectory(target, (jail) => worktreeOf(jail));
  return back !== null && resolve(target, back) === root;
}

function openLinked(target: string): Outcome<GitDirectory | null> {
  if (!isRealDirectory(target)) {
    return fail('not-found', 'points to a git directory that does not exist', { where: '.git' });
  }
  const own = openJail(target);
  const common = readPointer(own, 'commondir', '');
  if (common === null) return ok({ own, common: own });
  // A work tree's directory lies inside the repository it shares, so nothing but an ancestor is believed.
  const shared = resolve(own.root, common);
  if (!own.root.startsWith(`${shared}/`)) {
    return fail('refused', 'shares a git directory that it is no part of', { where: '.git' });
  }
  return ok({ own, common: openJail(shared) });
}

function inDirectory<T>(path: string, use: (jail: Jail) => T): T | null {
  if (!isRealDirectory(path)) return null;
  const jail = openJail(path);
  const result = use(jail);
  jail.close();
  return result;
}

function isRealDirectory(path: string): boolean {
  try {
    return lstatSync(path).isDirectory() && realpathSync.native(path) === path;
  } catch {
    return false;
  }
}

function readPointer(jail: Jail, path: string, prefix: string): string | null {
  const start = jail.readStart(path, 4096);
  if (!start.ok) return null;
  const line = Buffer.from(start.value.bytes).toString('utf8').split('\n')[0]?.trimEnd() ?? '';
  const target = line.startsWith(prefix) ? line.slice(prefix.length) : '';
  return target === '' || target.includes('\0') ? null : target;
}

function worktreeOf(jail: Jail): string | null {
  const config = jail.readFile('config');
  if (!config.ok) return null;
  const line = /^\s*worktree\s*=\s*(.+?)\s*$/m.exec(Buffer.from(config.value).toString('utf8'))?.[1];
  return line === undefined || isAbsolute(line) ? null : line;
}
