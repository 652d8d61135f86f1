import { basename, dirname, join, normalize } from 'node:path/posix';
import { decodeUtf8 } from '../core/utf8.ts';
import { openJail } from './jail.ts';
import { listFiles, nixFilesOfListing } from './survey/list-files.ts';

/** A line of a Nix file that names a file of the repository. */
export interface Mention {
  readonly file: string;
  readonly line: number;
  /** The file that is named, from the root. */
  readonly path: string;
}

export interface Mentions {
  readonly found: readonly Mention[];
  /** False where there was more to search than is searched. */
  readonly isComplete: boolean;
}

const mostFiles = 3_000;
const mostBytes = 20_000_000;
const fewNames = 20;

/**
 * Where Nix files name some of the repository's secrets, as far as text can tell: `./db.age` by the directory of its
 * file, `secrets/db.age` by its end, and the bare name only where no other secret has it. What a program puts together
 * is not found.
 *
 * @param all every secret of the repository
 * @param except Nix files that are not searched
 */
export function findMentions(
  root: string,
  paths: readonly string[],
  all: readonly string[],
  except: readonly string[],
): Mentions {
  const jail = openJail(root);
  try {
    const wanted = new Map<string, string[]>();
    for (const path of paths) wanted.set(basename(path), [...(wanted.get(basename(path)) ?? []), path]);
    const skipped = new Set(except);
    const files = nixFilesOfListing(listFiles(jail)).filter((file) => !skipped.has(file));
    const found: Mention[] = [];
    let bytes = 0;
    for (const file of files.slice(0, mostFiles)) {
      const read = jail.readFile(file);
      if (!read.ok) continue;
      bytes += read.value.length;
      if (bytes > mostBytes) return { found, isComplete: false };
      const text = decodeUtf8(read.value);
      if (text !== null) found.push(...mentionsIn(file, text, wanted, all));
    }
    return { found, isComplete: files.length <= mostFiles };
  } finally {
    jail.close();
  }
}

function mentionsIn(
  file: string,
  text: string,
  wanted: ReadonlyMap<string, readonly string[]>,
  all: readonly string[],
): readonly Mention[] {
  // Most files name none of them, and to find that out for a few is quick.
  if (wanted.size <= fewNames && ![...wanted.keys()].some((name) => text.includes(name))) return [];
  return text.split('\n').flatMap((line, index) => {
    // Where a comment begins is not looked for: who moves a file will want to change that too.
    const meant = new Set(
      line
        .split(/[\s"'`;()[\]{}<>,=]+/)
        .flatMap((word) =>
          (wanted.get(basename(word)) ?? []).filter((path) => isMeant(word, path, file, all)),
        ),
    );
    return [...meant].map((path) => ({ file, line: index + 1, path }));
  });
}

function isMeant(token: string, path: string, file: string, all: readonly string[]): boolean {
  if (/^\.\.?\//.test(token)) return normalize(join(dirname(file), token)) === path;
  const end = token.replace(/^\/+/, '');
  if (end !== path && !path.endsWith(`/${end}`)) return false;
  return end.includes('/') || all.filter((one) => basename(one) === end).length === 1;
}
