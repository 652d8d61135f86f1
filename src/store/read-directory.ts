import { type Dirent, readdirSync } from 'node:fs';
import type { Outcome } from '../core/outcome.ts';
import { decodeUtf8 } from '../core/utf8.ts';
import type { Jail } from './jail.ts';

export interface DirectoryEntry {
  /** Bytes as on disk when they are not UTF-8. */
  readonly name: string | Uint8Array;
  readonly kind: 'file' | 'directory' | 'link' | 'other';
}

/** What lies in a directory below the jail's root, in the order of the file system. Opens none of it. */
export function readDirectory(jail: Jail, path: string): Outcome<readonly DirectoryEntry[]> {
  return jail.withDirectory(path, (opened) => listText(opened) ?? listBytes(opened));
}

/** Nearly every directory; `null` when some name is not UTF-8 or has a U+FFFD of its own. */
function listText(opened: string): readonly DirectoryEntry[] | null {
  const entries = readdirSync(opened, { withFileTypes: true });
  if (entries.some(({ name }) => name.includes('\ufffd'))) return null;
  return entries.map((entry) => ({ name: entry.name, kind: kindOf(entry) }));
}

function listBytes(opened: string): readonly DirectoryEntry[] {
  return readdirSync(opened, { encoding: 'buffer', withFileTypes: true }).map((entry) => ({
    name: decodeUtf8(entry.name) ?? entry.name,
    kind: kindOf(entry),
  }));
}

function kindOf(entry: Pick<Dirent, 'isFile' | 'isDirectory' | 'isSymbolicLink'>): DirectoryEntry['kind'] {
  if (entry.isFile()) return 'file';
  if (entry.isDirectory()) return 'directory';
  return entry.isSymbolicLink() ? 'link' : 'other';
}
