import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fail, type Outcome, ok } from '../../core/outcome.ts';
import { errnoOf } from '../file-failure.ts';
import type { Jail } from '../jail.ts';
import { isDirectory, possibleHomes } from './possible-homes.ts';
import { mountOf, syncDirectory } from './targets.ts';
import { writeFailure } from './write-failure.ts';

/**
 * A home from which every one of these files can be replaced in one step, made when it is not there. Errors: `refused`
 * when they lie on several file systems, `io`.
 *
 * @param mounts of the directories the files are in, as `mountOf` gives them
 */
export function makeHome(jail: Jail, mounts: ReadonlySet<string>): Outcome<string> {
  try {
    for (const home of possibleHomes(jail)) {
      makePrivate(home);
      if (home.endsWith('.keyhole')) writeFileSync(join(home, '.gitignore'), '*\n');
      const own = mountOf(home);
      if ([...mounts].every((mount) => mount === own)) return ok(home);
    }
  } catch (error) {
    return { ok: false, error: writeFailure(error, 'the directory for the journal') };
  }
  return fail('refused', 'the files lie on another file system than the repository', {
    hint: 'they could not be replaced all at once; write them one file system at a time',
  });
}

function makePrivate(directory: string): void {
  try {
    mkdirSync(directory, { mode: 0o700 });
    // A journal that a loss of power takes away with its directory would leave files half replaced.
    syncDirectory(dirname(directory));
  } catch (error) {
    if (errnoOf(error) !== 'EEXIST' || !isDirectory(directory)) throw error;
  }
}
