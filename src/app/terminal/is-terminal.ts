import { fstatSync, statSync } from 'node:fs';

/**
 * Whether a file descriptor is a terminal. Asks fstat first: `node:tty` pulls in the network stack, which costs more
 * than a whole command that writes into a pipe or to nowhere.
 */
export function isTerminal(descriptor: number): boolean {
  try {
    const stats = fstatSync(descriptor);
    if (!stats.isCharacterDevice() || stats.rdev === statSync('/dev/null').rdev) return false;
  } catch {
    return false;
  }
  return process.getBuiltinModule('node:tty').isatty(descriptor);
}
