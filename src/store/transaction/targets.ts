import { createHash } from 'node:crypto';
import { closeSync, constants, fstatSync, fsyncSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { basename, dirname } from 'node:path/posix';
import { fail, type Outcome, ok } from '../../core/outcome.ts';
import { errnoOf, fileFailure } from '../file-failure.ts';
import type { Jail } from '../jail.ts';
import { readWhole, statRegularFile } from '../read-descriptor.ts';

/** A file as it stands, with everything a new one in its place must keep. */
export interface TargetState {
  readonly sha256: string;
  readonly size: number;
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  readonly links: number;
}

const fileFlags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;
const directoryFlags = constants.O_RDONLY | constants.O_DIRECTORY;

export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/**
 * Lends the path of a file for one system call, through the opened directory it lies in. Fails when that directory
 * cannot be opened; throws what `use` throws.
 */
export function withTarget<T>(jail: Jail, target: string, use: (path: string) => T): Outcome<T> {
  const parent = dirname(target);
  const used = jail.withDirectory(parent === '.' ? '' : parent, (directory) => {
    try {
      return { value: use(`${directory}/${basename(target)}`) };
    } catch (thrown) {
      return { thrown };
    }
  });
  if (!used.ok) return used;
  if ('thrown' in used.value) throw used.value.thrown;
  return ok(used.value.value);
}

/** `null` when nothing is there. Errors: `refused` (a link, not a regular file, over 16 MiB), `io`. */
export function stateOfTarget(jail: Jail, target: string): Outcome<TargetState | null> {
  try {
    const opened = withTarget(jail, target, (path) => openSync(path, fileFlags));
    if (!opened.ok) return opened.error.code === 'not-found' ? ok(null) : opened;
    try {
      return readState(opened.value, target);
    } finally {
      closeSync(opened.value);
    }
  } catch (error) {
    const errno = errnoOf(error);
    if (errno === 'ENOENT') return ok(null);
    return errno === 'ELOOP' ? changedMeanwhile(target) : fileFailure(error, target);
  }
}

function readState(descriptor: number, target: string): Outcome<TargetState> {
  const stats = statRegularFile(descriptor, target);
  if (!stats.ok) return stats;
  const bytes = readWhole(descriptor, stats.value.size, target);
  if (!bytes.ok) return bytes;
  const { mode, uid, gid, nlink } = fstatSync(descriptor);
  return ok({
    sha256: sha256(bytes.value),
    size: bytes.value.length,
    mode: mode & 0o7777,
    uid,
    gid,
    links: nlink,
  });
}

/** Makes what happened to names in a directory last through a loss of power. */
export function syncDirectory(path: string): void {
  const descriptor = openSync(path, directoryFlags);
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** Makes the directories a file needs, below the root, and gives those that were not there, outermost first. */
export function missingDirectories(jail: Jail, target: string): Outcome<readonly string[]> {
  const missing: string[] = [];
  for (let directory = dirname(target); directory !== '.'; directory = dirname(directory)) {
    const there = jail.withDirectory(directory, () => null);
    if (there.ok) break;
    if (there.error.code !== 'not-found') return there;
    missing.unshift(directory);
  }
  return ok(missing);
}

export function makeDirectory(jail: Jail, directory: string): Outcome<null> {
  const made = withTarget(jail, directory, (path) => {
    try {
      mkdirSync(path);
    } catch (error) {
      if (errnoOf(error) !== 'EEXIST') throw error;
    }
    syncDirectory(dirname(path));
  });
  return made.ok ? ok(null) : made;
}

/**
 * What `rename` cannot leave: the mount a directory belongs to. Two mounts of one file system count as two, as they do
 * for `rename`; where the system does not name mounts, the file system stands for them.
 */
export function mountOf(directory: string): string {
  const descriptor = openSync(directory, directoryFlags);
  try {
    return `${fstatSync(descriptor).dev} ${mountId(descriptor)}`;
  } finally {
    closeSync(descriptor);
  }
}

function mountId(descriptor: number): string {
  try {
    return /^mnt_id:\s*(\d+)$/m.exec(readFileSync(`/proc/self/fdinfo/${descriptor}`, 'latin1'))?.[1] ?? '';
  } catch {
    return '';
  }
}

/** For a file that was to be one thing and is another. */
export const changedMeanwhile = (path: string): Outcome<never> =>
  fail('changed', 'changed on disk meanwhile', {
    where: path,
    hint: 'look at it and try again; nothing was written over it',
  });
