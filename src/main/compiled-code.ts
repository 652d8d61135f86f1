import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  type Stats,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import type { Script } from 'node:vm';

/** The bytecode that V8 made of the chunks of this program, from one run to the next. */
export interface CompiledCode {
  /** What an earlier run kept of this chunk. */
  read(name: string): Buffer | undefined;
  /** Keeps what V8 has compiled of this chunk when the process ends well. */
  keep(name: string, script: Script): void;
}

export interface CompiledCodeOptions {
  /** Absolute: where the program lies. */
  readonly directory: string;
  /** Of the contents of all chunks, 16 hexadecimal digits: V8 itself compares only the length of the source. */
  readonly build: string;
  /** The command, since each compiles another part of the same chunk. */
  readonly command: string;
}

/** Statuses of commands that did what they were asked to: done, and `check` with findings. */
const doneStatuses = new Set([0, 14]);

/**
 * Spares the next start nearly all compiling. What is kept runs, so it lies beside the program and nowhere else, as
 * Python's `__pycache__` does: who can write there can change the program itself, and no variable of the environment
 * names the place. It is written only where the program is the user's own. Never fails: without it the program is only
 * slower.
 */
export function createCompiledCode({ directory, build, command }: CompiledCodeOptions): CompiledCode {
  const all = path.join(directory, 'compiled');
  const ours = path.join(all, `${build}-${process.version}-${process.arch}`);
  const fileOf = (name: string): string => path.join(ours, `${command}-${name}`);
  const fresh = new Map<string, Script>();
  process.on('exit', (status) => {
    if (fresh.size === 0 || !doneStatuses.has(status)) return;
    if (!isOurs(directory)) return;
    removeOthers(all, build);
    if (!made(all) || !made(ours)) return;
    for (const [name, script] of fresh) write(fileOf(name), script.createCachedData());
  });
  return {
    read(name) {
      const chunk = statOf(path.join(directory, 'chunks', `${name}.js`));
      const kept = statOf(fileOf(name));
      // A file changed by hand since; in a store where all times are the same nothing changes.
      if (chunk === undefined || kept === undefined || chunk.mtimeMs > kept.mtimeMs) return undefined;
      try {
        return firstOfTwo(readFileSync(fileOf(name)));
      } catch {
        return undefined;
      }
    },
    keep: (name, script) => fresh.set(name, script),
  };
}

/**
 * V8 trusts what it is given: one flipped bit is a segmentation fault. So the code stands in its file twice and is used
 * when both are the same, which costs a tenth of loading a checksum (2 ms for node:zlib).
 */
function firstOfTwo(bytes: Buffer): Buffer | undefined {
  const half = bytes.length / 2;
  const first = bytes.subarray(0, half);
  return bytes.length > 0 && first.equals(bytes.subarray(half)) ? first : undefined;
}

/** Whole or not at all. */
function write(file: string, data: Uint8Array): void {
  const temporary = `${file}.${process.pid}`;
  try {
    const descriptor = openSync(temporary, 'wx', 0o644);
    try {
      writeFileSync(descriptor, Buffer.concat([data, data]));
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    renameSync(temporary, file);
  } catch {
    rmSync(temporary, { force: true });
  }
}

/**
 * Not for root in somebody else's files, where nobody could remove it, nor in what is not to be written at all, which
 * does not keep root from it: a store whose contents are verified.
 */
function isOurs(directory: string): boolean {
  const found = statOf(directory);
  return found !== undefined && found.uid === process.getuid?.() && (found.mode & 0o200) !== 0;
}

/** What earlier builds left. */
function removeOthers(all: string, build: string): void {
  try {
    for (const name of readdirSync(all)) {
      if (!name.startsWith(`${build}-`)) rmSync(path.join(all, name), { recursive: true, force: true });
    }
  } catch {
    // There is none, or it stays.
  }
}

function made(directory: string): boolean {
  try {
    mkdirSync(directory);
    return true;
  } catch {
    return statOf(directory)?.isDirectory() === true;
  }
}

function statOf(file: string): Stats | undefined {
  try {
    return statSync(file, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}
