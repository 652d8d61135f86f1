import { type Outcome, ok } from '../../core/outcome.ts';
import { openJail } from '../jail.ts';
import { closeGitDirectory, findGitDirectory } from './find-git-directory.ts';
import { readHead } from './read-head.ts';
import { type RunGit, withSafeGit } from './safe-git.ts';

export interface Objects {
  readonly run: RunGit;
  readonly head: string;
  /** The clone begins with a commit that has parents elsewhere. */
  readonly isShallow: boolean;
}

/**
 * Lends a git that reads the objects of the repository at `root` (`withSafeGit`); `null` without git or before the
 * first commit. Errors: those of `findGitDirectory`, `withSafeGit` and `use`.
 */
export async function withObjects<T>(
  root: string,
  env: Readonly<Record<string, string | undefined>>,
  signal: AbortSignal | undefined,
  use: (objects: Objects) => Promise<Outcome<T>>,
): Promise<Outcome<T | null>> {
  const tree = openJail(root);
  const found = findGitDirectory(tree.root, tree);
  tree.close();
  if (!found.ok) return found;
  const git = found.value;
  if (git === null) return ok(null);
  try {
    const { head } = readHead(git);
    if (head === null) return ok(null);
    const isShallow = git.common.readStart('shallow', 1).ok;
    return await withSafeGit<T | null>(git, head, { env, signal }, (run) => use({ run, head, isShallow }));
  } finally {
    closeGitDirectory(git);
  }
}
