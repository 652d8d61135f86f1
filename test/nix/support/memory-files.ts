import { posix } from 'node:path';
import { fail, ok } from '../../../src/core/outcome.ts';
import type { DirectoryEntryKind, NixFiles } from '../../../src/store/nix/nix-files.ts';

/** A repository at `/r` that exists only here. A value `-> target` is a symbolic link. */
export function memoryFiles(files: Readonly<Record<string, string | Uint8Array>>): NixFiles {
  const all = new Map(Object.entries(files).map(([name, content]) => [`/r/${name}`, content]));
  const linkOf = (path: string): string | null => {
    const content = all.get(path);
    return typeof content === 'string' && content.startsWith('-> ') ? content.slice(3) : null;
  };
  const resolve = (path: string): string => {
    let at = '';
    for (const part of path.split('/').filter((piece) => piece !== '')) {
      const next = `${at}/${part}`;
      const link = linkOf(next);
      at = link === null ? next : resolve(posix.resolve(at === '' ? '/' : at, link));
    }
    return at;
  };
  const inside = (path: string) => path === '/r' || path.startsWith('/r/');
  const isDirectory = (path: string) =>
    path === '/r' || [...all.keys()].some((name) => name.startsWith(`${path}/`));
  return {
    readFile(path) {
      const real = resolve(path);
      if (!inside(real)) return fail('refused', 'the path leads outside the repository');
      const content = all.get(real);
      if (content === undefined) return fail('not-found', 'no such file');
      return ok(typeof content === 'string' ? Buffer.from(content) : content);
    },
    readDirectory(path) {
      const real = resolve(path);
      if (!inside(real)) return fail('refused', 'the path leads outside the repository');
      if (!isDirectory(real)) return fail('not-found', 'no such directory');
      const entries = new Map<string, DirectoryEntryKind>();
      for (const name of all.keys()) {
        if (!name.startsWith(`${real}/`)) continue;
        const [first = '', ...rest] = name.slice(real.length + 1).split('/');
        const kind = linkOf(name) === null ? 'regular' : 'symlink';
        entries.set(first, rest.length > 0 ? 'directory' : kind);
      }
      return ok(entries);
    },
    exists(path) {
      const real = resolve(path);
      return inside(real) && (all.has(real) || isDirectory(real));
    },
    readLink: linkOf,
  };
}
