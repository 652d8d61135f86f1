import {
  closeSync,
  constants,
  copyFileSync,
  fchmodSync,
  fchownSync,
  fstatSync,
  fsyncSync,
  linkSync,
  openSync,
  readSync,
  writeSync,
} from 'node:fs';
import { fail, type Outcome, ok } from '../../core/outcome.ts';
import { errnoOf } from '../file-failure.ts';
import type { TargetState } from './targets.ts';

/** What a new file takes over from the one it replaces. */
export type Ownership = Pick<TargetState, 'mode'> & Partial<Pick<TargetState, 'uid' | 'gid'>>;

/**
 * Writes a new file whole, gives it mode and owner of the one it will replace, makes it last, and reads it back: what
 * is returned is what the disk has. Throws what the system throws; errors: `io` for a file that came out shorter.
 */
export function writeStaged(path: string, bytes: Uint8Array, like: Ownership | null): Outcome<Uint8Array> {
  const flags = constants.O_RDWR | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW;
  // A new file gets what the user's umask leaves, like any file they make.
  const descriptor = openSync(path, flags, like === null ? 0o666 : 0o600);
  try {
    for (let done = 0; done < bytes.length; ) {
      const written = writeSync(descriptor, bytes, done);
      if (written === 0) return short(path);
      done += written;
    }
    if (like !== null) takeOver(descriptor, like);
    fsyncSync(descriptor);
    if (fstatSync(descriptor).size !== bytes.length) return short(path);
    return ok(readBack(descriptor, bytes.length));
  } finally {
    closeSync(descriptor);
  }
}

function takeOver(descriptor: number, { mode, uid, gid }: Ownership): void {
  const own = fstatSync(descriptor);
  const [owner, group] = [uid ?? own.uid, gid ?? own.gid];
  if (own.uid !== owner || own.gid !== group) fchownSync(descriptor, owner, group);
  // After the owner: a change of owner takes the set-id bits away.
  fchmodSync(descriptor, mode);
}

function readBack(descriptor: number, length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  for (let filled = 0; filled < length; ) {
    const read = readSync(descriptor, bytes, filled, length - filled, filled);
    if (read === 0) return bytes.subarray(0, filled);
    filled += read;
  }
  return bytes;
}

const short = (path: string): Outcome<never> =>
  fail('io', 'cannot be written: the disk took fewer bytes than it was given', { where: path });

/** Keeps the file under a second name, without reading it; where that is not allowed, as a copy. */
export function keepOld(target: string, kept: string): void {
  try {
    linkSync(target, kept);
  } catch (error) {
    if (!['EPERM', 'EACCES', 'EMLINK', 'EOPNOTSUPP', 'ENOTSUP'].includes(errnoOf(error) ?? '')) throw error;
    copyFileSync(target, kept, constants.COPYFILE_EXCL);
    syncFile(kept);
  }
}

export function syncFile(path: string): void {
  const descriptor = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW);
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
