import { lstatSync, mkdirSync, readFileSync, realpathSync, statfsSync } from 'node:fs';
import { fail, type Outcome, ok } from '../../core/outcome.ts';

/** File systems that live in memory (statfs(2)): tmpfs and ramfs. */
const inMemory: ReadonlySet<number> = new Set([0x01021994, 0x858458f6]);

export interface ScratchPlace {
  readonly directory: string;
  /** A disk that memory may be written to; `null` when there is none. */
  readonly swap: string | null;
}

/**
 * The first of these places that is a directory only this user can look into, on a file system that lives in memory; made when it is not there.
 * Error: `refused` when there is none, so that no value is ever written to a disk.
 */
export function findScratchPlace(places: readonly string[]): Outcome<ScratchPlace> {
  const reasons: string[] = [];
  for (const directory of places) {
    const why = unfit(directory);
    if (why === null) return ok({ directory, swap: swapBehind(directory) });
    reasons.push(`${directory}: ${why}`);
  }
  return fail('refused', `no place in memory for the value (${reasons.join('; ')})`, {
    hint: 'e edits it in the screen of keyhole, without a file; keyhole set writes it',
  });
}

function unfit(directory: string): string | null {
  try {
    makePrivate(directory);
    const { type } = statfsSync(directory);
    if (!inMemory.has(type)) return 'is on a disk';
    return isPrivate(directory) ? null : 'is not a private directory of yours';
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : 'cannot be used';
  }
}

function makePrivate(directory: string): void {
  try {
    mkdirSync(directory, { mode: 0o700 });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
}

/** A directory, no link, of this user and nobody else's to enter. */
export function isPrivate(directory: string): boolean {
  const stats = lstatSync(directory, { throwIfNoEntry: false });
  return stats?.isDirectory() === true && stats.uid === process.getuid?.() && (stats.mode & 0o077) === 0;
}

/** Pages of a tmpfs are swapped out like any others, unless it was mounted with `noswap`. */
function swapBehind(directory: string): string | null {
  const disks = swapDisks(read('/proc/swaps'));
  return disks[0] === undefined || isNoSwap(read('/proc/self/mountinfo'), realpathSync(directory))
    ? null
    : disks[0];
}

/** @param swaps /proc/swaps; zram is memory that pretends to be a disk */
export const swapDisks = (swaps: string): readonly string[] =>
  swaps
    .split('\n')
    .slice(1)
    .map((line) => line.split(/\s/, 1)[0] ?? '')
    .filter((name) => name !== '' && !name.startsWith('/dev/zram'));

/** @param mountinfo as in proc(5): field 5 is the mount point, the last one the options of the file system */
export function isNoSwap(mountinfo: string, directory: string): boolean {
  let best = { point: '', options: '' };
  for (const line of mountinfo.split('\n')) {
    const fields = line.split(' ');
    const point = fields[4] ?? '';
    const within = point === '/' || `${directory}/`.startsWith(`${point}/`);
    if (point !== '' && within && point.length >= best.point.length)
      best = { point, options: fields.at(-1) ?? '' };
  }
  return best.options.split(',').includes('noswap');
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
