import { closeGitDirectory, findGitDirectory } from '../git/find-git-directory.ts';
import type { Jail } from '../jail.ts';
import { listTree } from '../tree/list-tree.ts';
import type { TreeListing } from '../tree/tree-listing.ts';

/** The files of a repository as opening it lists them. */
export function listFiles(jail: Jail): TreeListing {
  const git = findGitDirectory(jail.root, jail);
  try {
    return listTree(jail, git.ok ? git.value : null);
  } finally {
    if (git.ok && git.value) closeGitDirectory(git.value);
  }
}

export const nixFilesOfListing = ({ entries }: TreeListing): readonly string[] =>
  entries.flatMap(({ path, kind }) => (kind === 'file' && path.endsWith('.nix') ? [path] : []));
