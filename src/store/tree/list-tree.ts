import type { Problem } from '../../core/repository.ts';
import type { GitDirectory } from '../git/find-git-directory.ts';
import { type IndexEntry, parseGitIndex } from '../git/parse-index.ts';
import type { Jail } from '../jail.ts';
import { byPath, type TreeEntry, type TreeListing } from './tree-listing.ts';
import { listOne, mayMatter, notUtf8, walkDirectories } from './walk-directories.ts';

/**
 * Every file of the repository that could be a secret or a rules file. With git that is what git tracks, plus the
 * untracked age files beside tracked ones: new secrets, but not what a build left somewhere. Without a readable
 * index it is a bounded walk.
 */
export function listTree(jail: Jail, git: GitDirectory | null): TreeListing {
  const bytes = git?.own.readFile('index');
  const index = bytes?.ok ? parseGitIndex(bytes.value) : null;
  if (index === null || index.length === 0) {
    const walked = walkDirectories(jail);
    return { entries: [...walked.entries].sort(byPath), isFromIndex: false, problems: walked.problems };
  }
  return listTracked(jail, index);
}

function listTracked(jail: Jail, index: readonly IndexEntry[]): TreeListing {
  const problems: Problem[] = [];
  const tracked = new Map<string, TreeEntry>();
  for (const { path, kind } of index) {
    if (kind === 'submodule') continue;
    if (typeof path !== 'string') {
      if (mayMatter(path, kind)) problems.push(notUtf8('', path));
    } else if (isBelow(path)) tracked.set(path, { path, kind });
    else problems.push({ code: 'refused', says: "git's index names a path outside the tree", where: path });
  }
  const directories = new Set<string>();
  for (const path of tracked.keys()) if (isSecretLike(path)) directories.add(directoryOf(path));
  for (const directory of directories) {
    for (const entry of listOne(jail, directory, []).entries) {
      if (isSecretLike(entry.path)) tracked.set(entry.path, entry);
    }
  }
  return { entries: [...tracked.values()].sort(byPath), isFromIndex: true, problems };
}

const isSecretLike = (path: string): boolean => path.endsWith('.age') || path.endsWith('secrets.nix');

const directoryOf = (path: string): string => path.slice(0, Math.max(path.lastIndexOf('/'), 0));

/** git never writes such paths into an index; somebody else may. */
function isBelow(path: string): boolean {
  return !path.split('/').some((part) => part === '' || part === '.' || part === '..' || part === '.git');
}
