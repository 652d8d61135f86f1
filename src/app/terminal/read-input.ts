import { closeSync, openSync, readSync } from 'node:fs';
import { fail, type Outcome, ok } from '../../core/outcome.ts';

/** More than any secret keyhole reads back. */
const limit = 16 * 1024 * 1024;
const piece = 64 * 1024;

/** All of an open file, pipe or terminal; 0 is stdin. The bytes belong to the caller. Errors: `refused`, `io`. */
export function readDescriptor(descriptor: number, name: string): Outcome<Uint8Array> {
  const pieces: Buffer[] = [];
  let length = 0;
  try {
    for (;;) {
      const buffer = Buffer.alloc(piece);
      const read = readPiece(descriptor, buffer);
      if (read === 0) return ok(joined(pieces, length));
      pieces.push(buffer.subarray(0, read));
      length += read;
      if (length > limit) return fail('refused', 'more than 16 MiB', { where: name });
    }
  } catch (error) {
    return unreadable(error, name);
  } finally {
    for (const bytes of pieces) bytes.fill(0);
  }
}

/** All of a file. Errors: `not-found`, `refused`, `io`. */
export function readInputFile(file: string): Outcome<Uint8Array> {
  let descriptor: number;
  try {
    descriptor = openSync(file, 'r');
  } catch (error) {
    return unreadable(error, file);
  }
  const read = readDescriptor(descriptor, file);
  closeSync(descriptor);
  return read;
}

/** Into memory of its own, so that overwriting it leaves no copy behind. */
function joined(pieces: readonly Uint8Array[], length: number): Uint8Array {
  const whole = new Uint8Array(length);
  let at = 0;
  for (const bytes of pieces) {
    whole.set(bytes, at);
    at += bytes.length;
  }
  return whole;
}

function readPiece(descriptor: number, buffer: Buffer): number {
  for (;;) {
    try {
      return readSync(descriptor, buffer);
    } catch (error) {
      // Another program may have made a shared pipe or terminal non-blocking: wait for the writer.
      if (codeOf(error) !== 'EAGAIN' && codeOf(error) !== 'EINTR') throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2);
    }
  }
}

function unreadable(error: unknown, where: string): Outcome<never> {
  const code = codeOf(error);
  if (code === 'ENOENT' || code === 'ENOTDIR') return fail('not-found', 'no such file', { where });
  return fail('io', code === 'EISDIR' ? 'is a directory' : `cannot be read (${code})`, { where });
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : 'EIO';
