import {
  closeSync,
  constants,
  fstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { constants as system } from 'node:os';
import { join } from 'node:path';
import { fail, type Outcome, ok } from '../../core/outcome.ts';
import { errnoOf, fileFailure } from '../../store/file-failure.ts';
import { readWhole } from '../../store/read-descriptor.ts';
import { ownerName, thisProcess } from '../../store/transaction/process-identity.ts';

/** Files in memory that an editor works on, in a directory of their own. */
export interface Scratch {
  readonly directory: string;
  /** Puts a file into it and gives its path. Errors: `io`. */
  add(name: string, bytes: Uint8Array): Outcome<string>;
  /** What a file is now; the bytes belong to the caller. Errors: `not-found`, `refused`, `io`. */
  read(name: string): Outcome<Uint8Array>;
  /** Overwrites and removes all that is in it, also what the editor put there. Does no harm twice. */
  remove(): void;
}

const limit = 16 * 1024 * 1024;

/** @param place a private directory in memory. Its name tells whose it is, so that the next start can clear up. */
export function makeScratch(place: string): Outcome<Scratch> {
  const directory = join(place, ownerName(thisProcess()));
  try {
    mkdirSync(directory, { mode: 0o700 });
  } catch (error) {
    return fileFailure(error, directory);
  }
  const remove = (): void => removeScratch(directory);
  // Whatever ends the program, short of kill -9: for that, the next start looks here.
  process.on('exit', remove);
  for (const signal of endings) process.on(signal, endBySignal);
  return ok({
    directory,
    add: (name, bytes) => create(join(directory, name), bytes),
    read: (name) => readBack(join(directory, name)),
    remove() {
      // Before nobody listens any more: a signal in the middle would leave half of it.
      remove();
      process.off('exit', remove);
      for (const signal of endings) process.off(signal, endBySignal);
    },
  });
}

const endings = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'] as const;

/** Where somebody else listens, an editor runs or something is written, and they know what to do. */
function endBySignal(signal: NodeJS.Signals): void {
  if (process.listenerCount(signal) === 1) process.exit(128 + system.signals[signal]);
}

function create(path: string, bytes: Uint8Array): Outcome<string> {
  const { O_WRONLY, O_CREAT, O_EXCL, O_NOFOLLOW } = constants;
  try {
    const descriptor = openSync(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, 0o600);
    try {
      for (let done = 0; done < bytes.length; ) done += writeSync(descriptor, bytes, done);
    } finally {
      closeSync(descriptor);
    }
    return ok(path);
  } catch (error) {
    return fileFailure(error, path);
  }
}

/** By its name: many editors write another file and give it the name of the first. */
function readBack(path: string): Outcome<Uint8Array> {
  let descriptor: number;
  try {
    descriptor = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  } catch (error) {
    return fileFailure(error, path);
  }
  try {
    const stats = fstatSync(descriptor);
    if (!stats.isFile()) return fail('refused', 'the editor left no file', { where: path });
    if (stats.size > limit) return fail('refused', 'more than 16 MiB', { where: path });
    return readWhole(descriptor, stats.size, path);
  } catch (error) {
    return fileFailure(error, path);
  } finally {
    closeSync(descriptor);
  }
}

export function removeScratch(directory: string): void {
  quietly(() => {
    for (const entry of readdirSync(directory, { recursive: true, withFileTypes: true })) {
      if (entry.isFile()) quietly(() => overwrite(join(entry.parentPath, entry.name)));
    }
  });
  quietly(() => rmSync(directory, { recursive: true, force: true }));
}

/** The pages of a file in memory are only given back, not emptied, when it is removed. */
function overwrite(path: string): void {
  const descriptor = openSync(path, constants.O_WRONLY | constants.O_NOFOLLOW);
  try {
    const zeros = Buffer.alloc(64 * 1024);
    const { size } = fstatSync(descriptor);
    for (let at = 0; at < size; )
      at += writeSync(descriptor, zeros, 0, Math.min(zeros.length, size - at), at);
  } finally {
    closeSync(descriptor);
  }
}

function quietly(act: () => void): void {
  try {
    act();
  } catch (error) {
    if (errnoOf(error) === undefined) throw error;
  }
}
