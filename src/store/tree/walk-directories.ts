import type { Problem } from '../../core/repository.ts';
import { show } from '../../core/safe-text.ts';
import type { Jail } from '../jail.ts';
import { readDirectory } from '../read-directory.ts';
import type { TreeEntry } from './tree-listing.ts';

const maxDepth = 24;
const mostFound = 50_000;
/** Never part of a secrets repository, and often enormous. */
const skipped = new Set(['.git', '.hg', '.jj', 'node_modules', '.direnv', '.cache']);

export interface WalkResult {
  readonly entries: readonly TreeEntry[];
  readonly problems: readonly Problem[];
}

/**
 * Lists everything below a directory by reading directories only; links are listed, never followed. Other
 * repositories inside (a directory with its own `.git`) are left out. Breadth first, so that the limits on count
 * and depth cut off what lies deepest.
 *
 * @param limit of files and directories together
 */
export function walkDirectories(jail: Jail, limit = mostFound): WalkResult {
  const entries: TreeEntry[] = [];
  const problems: Problem[] = [];
  let level = [''];
  let found = 0;
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > maxDepth) {
      problems.push(cutOff(level[0] ?? '', `more than ${maxDepth} directories deep: not searched`));
      break;
    }
    const deeper: string[] = [];
    for (const directory of level) {
      const listed = listOne(jail, directory, problems);
      if (directory !== '' && listed.hasGit) continue;
      entries.push(...listed.entries);
      deeper.push(...listed.directories);
      found += listed.entries.length + listed.directories.length;
      if (found > limit) {
        problems.push(
          cutOff(directory, `more than ${limit} files and directories: the rest was not searched`),
        );
        return { entries, problems };
      }
    }
    level = deeper;
  }
  return { entries, problems };
}

interface OneDirectory {
  readonly entries: readonly TreeEntry[];
  readonly directories: readonly string[];
  readonly hasGit: boolean;
}

/** One directory without what lies deeper; names that are not UTF-8 become problems when they could be secrets. */
export function listOne(jail: Jail, directory: string, problems: Problem[]): OneDirectory {
  const listed = readDirectory(jail, directory);
  if (!listed.ok) {
    problems.push({ ...listed.error, where: directory });
    return { entries: [], directories: [], hasGit: false };
  }
  const entries: TreeEntry[] = [];
  const directories: string[] = [];
  let hasGit = false;
  for (const { name, kind } of listed.value) {
    if (typeof name !== 'string') {
      if (mayMatter(name, kind)) problems.push(notUtf8(directory, name));
      continue;
    }
    if (name === '.git') hasGit = true;
    const path = directory === '' ? name : `${directory}/${name}`;
    if (kind !== 'directory') entries.push({ path, kind });
    else if (!skipped.has(name)) directories.push(path);
  }
  return { entries, directories, hasGit };
}

/** A name as a problem; nothing in keyhole opens such a file. */
export function notUtf8(directory: string, name: Uint8Array): Problem {
  const shown = show(name);
  return {
    code: 'unsupported',
    says: 'the name is not UTF-8: left out',
    hint: 'rename it',
    where: directory === '' ? shown : `${directory}/${shown}`,
  };
}

/** Pictures with old names are nobody's concern; secrets, rules and directories that may hold them are. */
export function mayMatter(name: Uint8Array, kind: string): boolean {
  const latin = Buffer.from(name).toString('latin1');
  return kind === 'directory' || latin.endsWith('.age') || latin.endsWith('.nix');
}

function cutOff(where: string, says: string): Problem {
  return { code: 'refused', says, where };
}
