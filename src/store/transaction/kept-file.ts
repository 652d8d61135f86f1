import { closeSync, constants, lstatSync, mkdirSync, openSync } from 'node:fs';
import { fail, type Outcome } from '../../core/outcome.ts';
import { errnoOf, fileFailure } from '../file-failure.ts';
import { readWhole, statRegularFile } from '../read-descriptor.ts';
import { throwAwayAtOnce } from './housekeeping.ts';
import type { Fingerprint } from './journal.ts';
import { sha256 } from './targets.ts';

const flags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;

/**
 * A file of a home, whole. A home can come with a repository, so nothing but a regular file is read: no link is
 * followed, and no FIFO waited for. Errors: `not-found`, `refused`, `io`.
 */
export function readKeptFile(path: string): Outcome<Uint8Array> {
  try {
    const descriptor = openSync(path, flags);
    try {
      const stats = statRegularFile(descriptor, path);
      return stats.ok ? readWhole(descriptor, stats.value.size, path) : stats;
    } finally {
      closeSync(descriptor);
    }
  } catch (error) {
    if (errnoOf(error) === 'ELOOP') return fail('refused', 'a symbolic link', { where: path });
    return fileFailure(error, path);
  }
}

/** Whether the file is what the journal says of it. */
export function isIntact(path: string, { sha256: wanted }: Fingerprint): boolean {
  const bytes = readKeptFile(path);
  return bytes.ok && sha256(bytes.value) === wanted;
}

/** Whether this is a directory and no link to one. Throws what the system throws, except that nothing is there. */
export function isRealDirectory(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

/** Makes a directory of a home; anything else in its place is none of ours and goes. Throws what the system throws. */
export function makeOwnDirectory(home: string, path: string): void {
  if (isRealDirectory(path)) return;
  if (lstatSync(path, { throwIfNoEntry: false })) throwAwayAtOnce(home, path);
  mkdirSync(path, { mode: 0o700 });
}
