import { basename } from 'node:path/posix';
import { newPath } from '../../core/new-path.ts';
import type { Outcome } from '../../core/outcome.ts';
import { openJail } from '../../store/jail.ts';

/** What is on disk, as far as naming new files goes. */
export interface NewFilePlaces {
  /** The path from the root of a file that is to be. Error: `usage`. */
  place(text: string): Outcome<string>;
  /** The directory that is meant by a path, from the root; `null` when there is none. */
  directory(text: string): string | null;
}

/**
 * @param here the working directory from the root; `null` when it lies outside
 * @param isDirectory of a path from the root; that on disk unless somebody knows better
 */
export function newFilePlaces(
  root: string,
  here: string | null,
  isDirectory: (path: string) => boolean = onDisk(root),
): NewFilePlaces {
  const place = (text: string): Outcome<string> => newPath(text, root, here, isDirectory);
  return {
    place,
    directory(text) {
      const bare = text.replace(/\/+$/, '');
      if (bare === '' || bare === '.') return bare === '.' ? here : null;
      const path = place(bare);
      return path.ok && (text.endsWith('/') || isDirectory(path.value)) ? path.value : null;
    },
  };
}

const onDisk =
  (root: string) =>
  (path: string): boolean => {
    const jail = openJail(root);
    const opened = jail.withDirectory(path, () => null).ok;
    jail.close();
    return opened;
  };

/** The last part of a path, put into a directory. */
export const into = (directory: string, path: string): string =>
  directory === '' ? basename(path) : `${directory}/${basename(path)}`;
