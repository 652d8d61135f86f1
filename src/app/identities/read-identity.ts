import { closeSync, constants, fstatSync, openSync, readSync, type Stats } from 'node:fs';
import { fail, type Outcome, ok } from '../../core/outcome.ts';
import { errnoOf } from '../../store/file-failure.ts';
import { readWhole } from '../../store/read-descriptor.ts';

/** Most bytes of an identity file. The largest real ones, post-quantum keys by the dozen, stay below 100 kB. */
const maxIdentitySize = 1024 * 1024;
const pipePause = 10; // milliseconds between two looks at a pipe that has nothing yet
const maxSilentLooks = 200; // 2 s without a writer: nobody is going to write
const maxLooks = 12_000; // 2 min in all, since the writer may be asking its user for a passphrase

export interface ReadIdentity {
  /** Owned by the caller, who overwrites it. */
  readonly bytes: Uint8Array;
  /** Tells the same file under two names; a pipe is never the same twice. */
  readonly sameness: string;
  /** A pipe gives its bytes once. */
  readonly once: boolean;
}

/**
 * A file that may hold private keys. The user's own files lie anywhere and behind links, but never block us: a FIFO
 * is read only where the user asked for it (`-i <(pass show key)`), and what is no file is refused.
 * Errors: `not-found`, `refused`, `io`, `stopped`.
 */
export async function readIdentity(
  path: string,
  mayBePipe: boolean,
  signal?: AbortSignal,
): Promise<Outcome<ReadIdentity>> {
  let descriptor: number;
  try {
    descriptor = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch (error) {
    return openFailure(error, path);
  }
  try {
    const stats = fstatSync(descriptor);
    if (stats.isFile()) return asIdentity(readWhole(descriptor, stats.size, path, maxIdentitySize), stats);
    if (!stats.isFIFO()) return fail('refused', 'not a regular file', { where: path });
    if (!mayBePipe) return fail('refused', 'a FIFO, which is not read here', { where: path });
    const piped = await readPipe(descriptor, path, signal);
    return piped.ok ? ok({ bytes: piped.value, sameness: path, once: true }) : piped;
  } catch (error) {
    return openFailure(error, path);
  } finally {
    closeSync(descriptor);
  }
}

function asIdentity(bytes: Outcome<Uint8Array>, stats: Stats): Outcome<ReadIdentity> {
  return bytes.ok ? ok({ bytes: bytes.value, sameness: `${stats.dev}:${stats.ino}`, once: false }) : bytes;
}

async function readPipe(
  descriptor: number,
  path: string,
  signal?: AbortSignal,
): Promise<Outcome<Uint8Array>> {
  const buffer = new Uint8Array(maxIdentitySize + 1);
  let filled = 0;
  try {
    for (let looks = 0, silent = 0; looks < maxLooks; looks++) {
      if (signal?.aborted) return fail('stopped', 'stopped', { where: path });
      const read = readNow(descriptor, buffer, filled);
      if (read !== null) filled += read;
      if (filled > maxIdentitySize) return fail('refused', 'more than 1 MiB came out of it', { where: path });
      if (read === 0) {
        // End of file, or no writer yet: a pipe looks the same in both cases.
        silent += 1;
        if (filled > 0) return ok(buffer.slice(0, filled));
        if (silent > maxSilentLooks) return fail('io', 'nothing came out of the pipe', { where: path });
      }
      if (read === null || read === 0) await new Promise((resume) => setTimeout(resume, pipePause));
    }
    return fail('io', 'the other end of the pipe never finished', { where: path });
  } finally {
    buffer.fill(0);
  }
}

/** `null` when a writer is there and has nothing yet. */
function readNow(descriptor: number, buffer: Uint8Array, at: number): number | null {
  try {
    return readSync(descriptor, buffer, at, buffer.length - at, null);
  } catch (error) {
    if (errnoOf(error) === 'EAGAIN') return null;
    throw error;
  }
}

function openFailure(error: unknown, where: string): Outcome<never> {
  const errno = errnoOf(error);
  if (errno === 'ENOENT' || errno === 'ENOTDIR') return fail('not-found', 'no such file', { where });
  if (errno === 'EACCES' || errno === 'EPERM') return fail('io', 'permission denied', { where });
  if (errno === undefined) throw error;
  return fail('io', `cannot be read (${errno})`, { where });
}
