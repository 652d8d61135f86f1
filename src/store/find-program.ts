import { accessSync, constants, statSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';

/**
 * Absolute path of a program on `PATH`, or `null`. Relative entries are skipped: they would let a repository bring
 * its own `git`.
 */
export function findProgram(name: string, path: string | undefined): string | null {
  for (const directory of (path ?? '').split(':')) {
    if (!isAbsolute(directory)) continue;
    const candidate = join(directory, name);
    try {
      if (!statSync(candidate).isFile()) continue;
      accessSync(candidate, constants.X_OK);
      return candidate;
    } catch {}
  }
  return null;
}
