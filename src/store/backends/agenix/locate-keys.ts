import type { Jail } from '../../jail.ts';

/** Where the keys of one rules file lead. */
export interface LocatedKeys {
  readonly relativeTo: 'rules-directory' | 'repository-root';
  /** Path relative to the root for each key; `null` when it leads outside. */
  readonly paths: ReadonlyMap<string, string | null>;
  /** How many of the keys have a file. */
  readonly present: number;
}

/**
 * ragenix takes keys as relative to the rules file, agenix to the working directory, which people make the one or
 * the other. The rules directory wins unless more of the files lie where the root would have them.
 */
export function locateKeys(
  jail: Jail,
  known: ReadonlySet<string>,
  rulesPath: string,
  keys: readonly string[],
): LocatedKeys {
  const directory = rulesPath.split('/').slice(0, -1).join('/');
  const below = (base: string): LocatedKeys['paths'] =>
    new Map(keys.map((key) => [key, pathOf(jail.root, base, key)]));
  const count = (paths: LocatedKeys['paths']): number =>
    [...paths.values()].filter((path) => path !== null && (known.has(path) || jail.exists(path))).length;
  const byRules = below(directory);
  const presentByRules = count(byRules);
  if (directory !== '' && presentByRules < keys.length) {
    const byRoot = below('');
    const presentByRoot = count(byRoot);
    if (presentByRoot > presentByRules) {
      return { relativeTo: 'repository-root', paths: byRoot, present: presentByRoot };
    }
  }
  return { relativeTo: 'rules-directory', paths: byRules, present: presentByRules };
}

function pathOf(root: string, base: string, key: string): string | null {
  if (key.includes('\0')) return null;
  if (key.startsWith('/')) {
    return key.startsWith(`${root}/`) ? normalise(key.slice(root.length + 1)) : null;
  }
  return normalise(`${base}/${key}`);
}

/** Without `.`, `..` and empty parts; `null` when it leaves the root or names the root itself. */
function normalise(path: string): string | null {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..') {
      if (parts.pop() === undefined) return null;
    } else if (part !== '' && part !== '.') parts.push(part);
  }
  return parts.length === 0 ? null : parts.join('/');
}
