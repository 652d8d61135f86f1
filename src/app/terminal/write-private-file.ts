import { randomBytes } from 'node:crypto';
import {
  closeSync,
  constants,
  fstatSync,
  fsyncSync,
  lstatSync,
  openSync,
  renameSync,
  statSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import path from 'node:path';
import { fail, type Outcome, ok } from '../../core/outcome.ts';

/** What is in the way of a new file: nothing, something that can be replaced, or a pipe or device to write into. */
export function whatIsThere(file: string): 'nothing' | 'file' | 'stream' | 'directory' {
  // The name of an open file: written into whatever it is, and never replaced.
  if (/^\/(dev\/(stdout|stderr|fd\/\d+)|proc\/self\/fd\/\d+)$/.test(file)) return 'stream';
  try {
    const link = lstatSync(file);
    const found = link.isSymbolicLink() ? (statSync(file, { throwIfNoEntry: false }) ?? link) : link;
    if (found.isDirectory()) return 'directory';
    return found.isFile() || found.isSymbolicLink() ? 'file' : 'stream';
  } catch {
    return 'nothing';
  }
}

/**
 * Writes bytes to a file that only its owner can read (0600), whole or not at all. An existing file is replaced only
 * with `replace`, by renaming a new one over it: its old mode and a link in its place are gone afterwards. Into a pipe
 * or device the bytes are simply written. Synchronous, because the bytes are lent. Errors: `refused`, `io`.
 */
export function writePrivateFile(
  file: string,
  bytes: Uint8Array,
  options: { readonly replace: boolean },
): Outcome<'written'> {
  const there = whatIsThere(file);
  if (there === 'directory') return fail('io', 'is a directory', { where: file });
  if (there === 'file' && !options.replace) {
    return fail('refused', 'exists already', { where: file, hint: '--force replaces it' });
  }
  try {
    if (there === 'stream') {
      // What `>>` has put in front stays: /dev/stdout opened anew would start at the first byte.
      withDescriptor(openSync(file, constants.O_WRONLY | constants.O_APPEND), (descriptor) =>
        writeAll(descriptor, bytes),
      );
      return ok('written');
    }
    if (there === 'nothing') {
      createWhole(file, bytes);
      return ok('written');
    }
    const fresh = path.join(path.dirname(file), `.keyhole-${randomBytes(8).toString('hex')}`);
    createWhole(fresh, bytes);
    try {
      renameSync(fresh, file);
    } catch (error) {
      unlinkSync(fresh);
      throw error;
    }
    return ok('written');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'EIO';
    return fail('io', `cannot be written (${code})`, { where: file });
  }
}

/** Never leaves half a file behind. */
function createWhole(file: string, bytes: Uint8Array): void {
  const descriptor = openSync(
    file,
    constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW,
    0o600,
  );
  try {
    withDescriptor(descriptor, () => {
      writeAll(descriptor, bytes);
      fsyncSync(descriptor);
      if (fstatSync(descriptor).size !== bytes.length) throw new Error('short write');
    });
  } catch (error) {
    unlinkSync(file);
    throw error;
  }
}

function writeAll(descriptor: number, bytes: Uint8Array): void {
  for (let done = 0; done < bytes.length; ) done += writeSync(descriptor, bytes, done);
}

function withDescriptor(descriptor: number, use: (descriptor: number) => void): void {
  try {
    use(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
