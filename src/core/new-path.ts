import { fail, type Outcome, ok } from './outcome.ts';

/**
 * Where a file that is not there yet is to be, from the root: seen from the working directory, as every program does,
 * unless that has no such directory and the root has (`keyhole new secrets/a.age` within `secrets`). `/` at the start
 * is an absolute path. Error: `usage` for what is no path below the root.
 *
 * @param here the working directory from the root, `''` at the root; `null` when it lies outside
 * @param isDirectory of a path from the root
 */
export function newPath(
  text: string,
  root: string,
  here: string | null,
  isDirectory: (path: string) => boolean,
): Outcome<string> {
  const [path, other] = readings(text, root, here).filter((one) => one !== null && one !== '');
  if (path == null || text.endsWith('/')) {
    return fail('usage', 'not a path of a file in the repository', { where: text });
  }
  const parent = (of: string): string => of.split('/').slice(0, -1).join('/');
  return ok(other != null && !isDirectory(parent(path)) && isDirectory(parent(other)) ? other : path);
}

function readings(text: string, root: string, here: string | null): readonly (string | null)[] {
  if (text.startsWith('/')) return [text.startsWith(`${root}/`) ? normal(text.slice(root.length + 1)) : null];
  const seen = here === null ? [] : [normal(`${here}/${text}`)];
  return /^\.\.?(\/|$)/.test(text) ? seen : [...seen, normal(text)];
}

/** Without `.`, `..` and empty parts; `null` when it leaves the root or holds a NUL. */
function normal(path: string): string | null {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..') {
      if (parts.pop() === undefined) return null;
    } else if (part !== '' && part !== '.') parts.push(part);
  }
  return path.includes('\0') ? null : parts.join('/');
}
