import { createHash } from 'node:crypto';
import { lstatSync } from 'node:fs';
import { dirname } from 'node:path/posix';
import type { Jail } from '../jail.ts';
import { withTarget } from '../transaction/targets.ts';
import type { IndexRecord } from './index-records.ts';

/** A file as it lies in the work tree: what git would store of it if nothing converted it. */
export interface WorkTreeFile {
  readonly mode: '100644' | '100755' | '120000';
  readonly bytes: Uint8Array;
}

/** `absent`: nothing is there; `null`: what is there cannot be read, or git would not take it for this path. */
export function readWorkTreeFile(tree: Jail, path: string): WorkTreeFile | 'absent' | null {
  const link = tree.readLink(path);
  if (link !== null) return { mode: '120000', bytes: Buffer.from(link) };
  const place = tree.resolve(path);
  if (!place.ok) return place.error.code === 'not-found' ? 'absent' : null;
  // A directory on the way is a link: for git nothing is there, and something else may be tracked.
  if (place.value !== path) return null;
  const file = tree.readFile(path);
  if (!file.ok) return file.error.code === 'not-found' ? 'absent' : null;
  try {
    const stats = withTarget(tree, path, (opened) => lstatSync(opened));
    if (!stats.ok) return null;
    return { mode: (stats.value.mode & 0o100) === 0 ? '100644' : '100755', bytes: file.value };
  } catch {
    return null; // gone, or replaced, while it was looked at
  }
}

/** How git names content. */
export const blobId = (bytes: Uint8Array, idLength: number): string =>
  createHash(idLength === 64 ? 'sha256' : 'sha1')
    .update(`blob ${bytes.length}\0`)
    .update(bytes)
    .digest('hex');

/** Times are compared as floating-point milliseconds, which hold fractions of a microsecond. */
const grainMs = 0.001;

/**
 * Whether a file is, by what `stat` tells, the one that git saw last, as git itself judges; it is read when it is not,
 * or when it changed in the moment in which the index was written.
 *
 * @param indexMs when the index was written, in milliseconds since 1970
 */
export function isAsGitSawIt(tree: Jail, record: IndexRecord, indexMs: number): boolean {
  const parent = dirname(record.path);
  if (record.kind !== 'file' || record.mtimeMs >= indexMs) return false;
  if (!tree.withDirectory(parent === '.' ? '' : parent, () => null).ok) return false;
  const stats = tree.stampOf(record.path);
  return (
    stats !== null &&
    record.size === stats.size % 2 ** 32 &&
    record.ino === stats.ino % 2 ** 32 &&
    Math.abs(record.mtimeMs - stats.mtimeMs) < grainMs &&
    Math.abs(record.ctimeMs - stats.ctimeMs) < grainMs
  );
}
