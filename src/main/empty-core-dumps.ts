import { writeFileSync } from 'node:fs';

/**
 * Leaves all memory out of core dumps of this process and of those it starts, editors too. Node cannot forbid the dump
 * itself; Linux lets a process choose what is in it.
 */
export function emptyCoreDumps(): void {
  if (process.platform !== 'linux') return;
  try {
    writeFileSync('/proc/self/coredump_filter', '0');
  } catch {
    // No /proc here.
  }
}
