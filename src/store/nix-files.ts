import { fail, type Outcome, ok } from '../core/outcome.ts';
import type { Jail } from './jail.ts';
import type { DirectoryEntryKind, NixFiles } from './nix/nix-files.ts';
import { readDirectory } from './read-directory.ts';

const nixKinds = { file: 'regular', directory: 'directory', link: 'symlink', other: 'unknown' } as const;

/** The evaluator's file port over a jail: absolute paths below the jail's root, everything else is `refused`. */
export function nixFilesOf(jail: Jail): NixFiles {
  const below = (path: string): Outcome<string> => {
    if (path === jail.root) return ok('');
    if (path.startsWith(`${jail.root}/`)) return ok(path.slice(jail.root.length + 1));
    return fail('refused', 'the path leads outside the repository', { where: path });
  };
  return {
    readFile(path) {
      const inside = below(path);
      return inside.ok ? jail.readFile(inside.value) : inside;
    },
    readDirectory(path) {
      const inside = below(path);
      if (!inside.ok) return inside;
      const listed = readDirectory(jail, inside.value);
      if (!listed.ok) return listed;
      const entries = new Map<string, DirectoryEntryKind>();
      for (const { name, kind } of listed.value) {
        if (typeof name !== 'string')
          return fail('unsupported', 'a name in it is not UTF-8', { where: path });
        entries.set(name, nixKinds[kind]);
      }
      return ok(entries);
    },
    exists(path) {
      const inside = below(path);
      return inside.ok && jail.exists(inside.value);
    },
    readLink(path) {
      const inside = below(path);
      return inside.ok ? jail.readLink(inside.value) : null;
    },
  };
}
