import { limits } from './limits.ts';
import { fail } from './machine.ts';
import type { Machine } from './value.ts';

/** Counts one more file or directory. */
export function countFile(machine: Machine, path: string): void {
  machine.filesRead.add(path);
  if (machine.filesRead.size > limits.files)
    fail(machine, 'limit', `more than ${limits.files} files are read`);
}

/** A file of the repository within the limits; what the jail refuses ends the evaluation. */
export function readForEvaluation(machine: Machine, path: string): Uint8Array {
  countFile(machine, path);
  const read = machine.files.readFile(path);
  if (!read.ok) {
    const { code, says, where = describe(path) } = read.error;
    return fail(machine, code === 'refused' ? 'refused' : 'failed', `${where}: ${says}`);
  }
  machine.bytesRead += read.value.length;
  if (machine.bytesRead > limits.bytesRead) {
    fail(machine, 'limit', `more than ${limits.bytesRead} bytes are read`);
  }
  return read.value;
}

const describe = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
