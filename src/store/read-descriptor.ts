import { fstatSync, readSync, type Stats } from 'node:fs';
import { fail, type Outcome, ok } from '../core/outcome.ts';

/** The largest file that is read whole, in bytes. Real age files stay below 100 kB. */
export const maxFileSize = 16 * 1024 * 1024;

const mebibyte = 1024 * 1024;

/** The state of an open regular file; `refused` for a directory, FIFO, socket or device. */
export function statRegularFile(descriptor: number, where: string): Outcome<Stats> {
  const stats = fstatSync(descriptor);
  if (!stats.isFile()) return fail('refused', `${kindOf(stats)}, not a regular file`, { where });
  return ok(stats);
}

/** Every byte of an open file; `refused` above `limit`. */
export function readWhole(
  descriptor: number,
  size: number,
  where: string,
  limit = maxFileSize,
): Outcome<Uint8Array> {
  if (size <= limit) return ok(readRange(descriptor, 0, size));
  return fail(
    'refused',
    `${Math.ceil(size / mebibyte)} MiB is more than the ${limit / mebibyte} MiB that are read`,
    {
      where,
    },
  );
}

/** `length` bytes from `position`, fewer when the file ends before. */
export function readRange(descriptor: number, position: number, length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  let filled = 0;
  while (filled < length) {
    const read = readSync(descriptor, bytes, filled, length - filled, position + filled);
    if (read === 0) return bytes.subarray(0, filled);
    filled += read;
  }
  return bytes;
}

function kindOf(stats: Stats): string {
  if (stats.isDirectory()) return 'a directory';
  if (stats.isFIFO()) return 'a FIFO';
  if (stats.isSocket()) return 'a socket';
  return 'a device';
}
