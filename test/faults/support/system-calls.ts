import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Started } from './start.ts';

/** Calls through which a program can change what is on a disk. */
export const changing = [
  'openat',
  'write',
  'pwrite64',
  'fsync',
  'fchmod',
  'fchown',
  'ftruncate',
  'link',
  'mkdir',
  'rename',
  'rmdir',
  'unlink',
  'unlinkat',
] as const;

/** Calls that only look. A program that is killed at one of them leaves what the last change left. */
export const looking = [
  'access',
  'close',
  'fcntl',
  'getdents64',
  'lstat',
  'newfstatat',
  'pread64',
  'read',
  'readlink',
  'statx',
] as const;

/** One call of a run, by its name and by how many of that name the run had made with it: that is how strace counts. */
export interface CallPoint {
  readonly name: string;
  readonly count: number;
  /** As strace printed it. */
  readonly text: string;
}

/** The call and the file, without what differs between two copies of a scene: how two runs are compared. */
export function placeOf(text: string): string {
  const [name = ''] = text.split('(', 1);
  const file = /["<](\/[^">]*)[">]/.exec(text.replace(/AT_FDCWD<[^>]*>/, ''))?.[1] ?? '';
  return `${name} ${file.replace(/keyhole-scene-[\w-]+/, '').replace(/[0-9a-f]{8,}|\d+/g, '#')}`;
}

/**
 * The calls of the main thread on files of `inside`, from the first one that mentions `from`, as an undisturbed run
 * makes them. Where only changes are wanted, an opening that makes nothing is left out.
 */
export function callsOf(
  started: Started,
  from: RegExp,
  names: readonly string[],
  inside: string,
): readonly CallPoint[] {
  const log = path.join(tmpdir(), `keyhole-calls-${process.pid}-${Math.random()}`);
  const { command, ...options } = started;
  const ran = spawnSync(
    'strace',
    ['-qq', '-y', '-s', '300', '-o', log, '-e', `trace=${names.join(',')}`, ...command],
    options,
  );
  const lines = readFileSync(log, 'utf8').split('\n');
  rmSync(log);
  if (ran.status !== 0) throw new Error(`the undisturbed run ended with ${ran.status}: ${ran.stderr}`);
  const counts = new Map<string, number>();
  const points: CallPoint[] = [];
  let begun = false;
  for (const text of lines) {
    const name = /^(\w+)\(/.exec(text)?.[1];
    if (name === undefined) continue;
    const count = (counts.get(name) ?? 0) + 1;
    counts.set(name, count);
    begun ||= from.test(text);
    const isOurs = text.includes(inside) || text.includes('"/proc/self/fd/');
    const onlyLooks = names === changing && name === 'openat' && !text.includes('O_CREAT');
    if (begun && isOurs && !onlyLooks) points.push({ name, count, text });
  }
  return points;
}

/**
 * The calls of a run when two in a row made the same. The first ones fill the cache of compiled code; later Node makes
 * a call more or less at times.
 */
export function settledCalls(count: () => readonly CallPoint[]): readonly CallPoint[] {
  const isSame = (one: readonly CallPoint[], other: readonly CallPoint[]): boolean =>
    one.map((point) => `${point.name} ${point.count}`).join() ===
    other.map((point) => `${point.name} ${point.count}`).join();
  let [before, calls] = [count(), count()];
  for (let tries = 2; !isSame(before, calls) && tries < 12; tries += 1) [before, calls] = [calls, count()];
  return calls;
}

/**
 * Where a call may be in another run: Node makes one for itself now and then, so it comes a little earlier or later.
 * What was struck there is compared with what was meant.
 */
export const around = (point: CallPoint): readonly CallPoint[] =>
  [0, 1, -1, 2, -2, 3, -3, 4, -4].map((shift) => ({ ...point, count: Math.max(point.count + shift, 1) }));
