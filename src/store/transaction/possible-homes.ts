import { lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { closeGitDirectory, findGitDirectory } from '../git/find-git-directory.ts';
import type { Jail } from '../jail.ts';

/**
 * Where keyhole keeps its lock, its journal and what undo needs. In git's own directory, which git never adds or shows;
 * where that is on another file system than the secrets, or there is none, in `.keyhole` beside them, which ignores
 * itself.
 */
export function possibleHomes(jail: Jail): readonly string[] {
  const git = findGitDirectory(jail.root, jail);
  const beside = join(jail.root, '.keyhole');
  if (!git.ok || git.value === null) return [beside];
  const inGit = join(git.value.own.root, 'keyhole');
  closeGitDirectory(git.value);
  return [inGit, beside];
}

/** Those of them that are there. */
export const existingHomes = (jail: Jail): readonly string[] => possibleHomes(jail).filter(isDirectory);

/** A link is none: it could lead anywhere. */
export function isDirectory(path: string): boolean {
  try {
    return lstatSync(path).isDirectory();
  } catch {
    return false;
  }
}

/** What lies in a home when nothing was interrupted. */
const settled = /^(undo|aside-\d+|\.gitignore)$/;

/** Whether a write was interrupted, or is under way, or left something to tidy: a look at names, for every start. */
export function mayNeedRecovery(jail: Jail): boolean {
  return existingHomes(jail).some((home) => {
    try {
      return !readdirSync(home).every((name) => settled.test(name));
    } catch {
      return false; // whoever cannot look cannot mend either, and reading needs neither
    }
  });
}
