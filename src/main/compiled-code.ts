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

/** The machine code of V8 for the chunks of this program, from one run to the next. */
export interface CompiledCode {
  /** What an earlier run kept of this chunk. */
  read(name: string): Buffer | undefined;
  /** Keeps what V8 has compiled of this chunk when the process ends well. */
  keep(name: string, script: Script): void;
}

const none: CompiledCode = { read: () => undefined, keep: () => {} };

/** Compiled code of other builds is removed when nothing was added to it for so long. */
const staleAfterMilliseconds = 30 * 24 * 60 * 60 * 1000;
/** Statuses of commands that did what they were asked to: done, and `check` with findings. */
const doneStatuses = new Set([0, 14]);
const directoryName = /^[0-9a-f]{16}-v[0-9.]+-\w+$/;

export interface CompiledCodeOptions {
  /** Names the user's directory for caches. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Of the contents of all chunks, 16 hexadecimal digits: V8 itself compares only the length of the source. */
  readonly build: string;
  /** The command, since each compiles another part of the same chunk. */
  readonly command: string;
}

/**
 * Spares the next start nearly all compiling. What is kept here runs, so it lies in a directory of our own that nobody
 * else may write; where there is none, nothing is kept. Never fails: without the files the program is only slower.
 */
export function createCompiledCode({ env, build, command }: CompiledCodeOptions): CompiledCode {
  const base = cacheDirectory(env);
  if (base === null) return none;
  const home = path.join(base, 'keyhole');
  if (!made(base) || !made(home) || !isOurs(statOf(home))) return none;
  const directory = path.join(home, `${build}-${process.version}-${process.arch}`);
  const fileOf = (name: string): string => path.join(directory, `${command}-${name}`);
  const fresh = new Map<string, Script>();
  process.on('exit', (status) => {
    if (fresh.size === 0 || !doneStatuses.has(status)) return;
    if (statOf(directory) === undefined) removeStale(home);
    if (!made(directory)) return;
    for (const [name, script] of fresh) write(fileOf(name), script.createCachedData());
  });
  return {
    read(name) {
      try {
        return firstOfTwo(readFileSync(fileOf(name)));
      } catch {
        return undefined;
      }
    },
    keep: (name, script) => fresh.set(name, script),
  };
}

/** XDG Base Directory Specification: a path that is not absolute is to be ignored. */
function cacheDirectory(env: CompiledCodeOptions['env']): string | null {
  const { XDG_CACHE_HOME: cache, HOME: home } = env;
  if (cache?.startsWith('/')) return cache;
  return home?.startsWith('/') ? path.join(home, '.cache') : null;
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
    const descriptor = openSync(temporary, 'wx', 0o600);
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

function removeStale(home: string): void {
  try {
    for (const name of readdirSync(home).filter((entry) => directoryName.test(entry))) {
      const directory = path.join(home, name);
      const age = Date.now() - (statOf(directory)?.mtimeMs ?? Date.now());
      if (age > staleAfterMilliseconds) rmSync(directory, { recursive: true, force: true });
    }
  } catch {
    // What cannot be removed stays.
  }
}

/** Makes one directory, unless it is there. Not recursive: below /proc, that never ends. */
function made(directory: string): boolean {
  if (statOf(directory)) return true;
  try {
    mkdirSync(directory, { mode: 0o700 });
    return true;
  } catch {
    return false;
  }
}

const isOurs = (stats: Stats | undefined): boolean =>
  stats !== undefined && stats.uid === process.getuid?.() && (stats.mode & 0o022) === 0;

function statOf(file: string): Stats | undefined {
  try {
    return statSync(file, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}
