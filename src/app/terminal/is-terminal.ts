import { fstatSync } from 'node:fs';

/**
 * Whether a file descriptor is a terminal. Asks fstat first: `node:tty` pulls in the network stack, which costs more
 * than a whole command that writes into a pipe.
 */
export function isTerminal(descriptor: number): boolean {
  try {
    if (!fstatSync(descriptor).isCharacterDevice()) return false;
  } catch {
    return false;
  }
  return process.getBuiltinModule('node:tty').isatty(descriptor);
}
