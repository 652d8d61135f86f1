import { type Dirent, readdirSync } from 'node:fs';
import type { Outcome } from '../core/outcome.ts';
import type { Jail } from './jail.ts';

export interface DirectoryEntry {
  /** As on disk: not necessarily UTF-8. */
  readonly name: Uint8Array;
  readonly kind: 'file' | 'directory' | 'link' | 'other';
}

/** What lies in a directory below the jail's root, in the order of the file system. Opens none of it. */
export function readDirectory(jail: Jail, path: string): Outcome<readonly DirectoryEntry[]> {
  return jail.withDirectory(path, (opened) =>
    readdirSync(opened, { encoding: 'buffer', withFileTypes: true }).map((entry) => ({
      name: entry.name,
      kind: kindOf(entry),
    })),
  );
}

function kindOf(entry: Dirent<Buffer>): DirectoryEntry['kind'] {
  if (entry.isFile()) return 'file';
  if (entry.isDirectory()) return 'directory';
  return entry.isSymbolicLink() ? 'link' : 'other';
}
