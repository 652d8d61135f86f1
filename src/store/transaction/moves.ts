import { renameSync, rmSync, unlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Outcome, ok } from '../../core/outcome.ts';
import type { Jail } from '../jail.ts';
import { type Fingerprint, type Journal, type JournalFile, newName, oldName } from './journal.ts';
import { keepOld } from './stage.ts';
import { changedMeanwhile, makeDirectory, stateOfTarget, syncDirectory, withTarget } from './targets.ts';

export type Direction = 'forward' | 'back';

/** Where one file of a write stands: as it was, as it is to be, or neither, because somebody else wrote it. */
export type Standing = 'before' | 'after' | 'foreign';

export function standingOf(jail: Jail, file: JournalFile): Outcome<Standing> {
  const state = stateOfTarget(jail, file.target);
  if (!state.ok) return state.error.code === 'io' ? state : ok('foreign');
  const is = (wanted: Fingerprint | null): boolean =>
    (wanted?.sha256 ?? null) === (state.value?.sha256 ?? null);
  if (is(file.after)) return ok('after');
  return ok(is(file.before) ? 'before' : 'foreign');
}

/**
 * Puts one file where the direction wants it, in one step, looking just before that it is still what it was; a file
 * that is there already stays untouched. Between the look and the step somebody could still slip in: the system has
 * no call that does both, and the gap is a few microseconds. Errors: `changed`, `io`; throws what the system throws.
 */
export function moveFile(
  jail: Jail,
  record: string,
  journal: Journal,
  index: number,
  direction: Direction,
): Outcome<null> {
  const file = journal.files[index];
  if (file === undefined) return ok(null);
  const standing = standingOf(jail, file);
  if (!standing.ok) return standing;
  if (standing.value === 'foreign') return changedMeanwhile(file.path);
  const wanted = direction === 'forward' ? 'after' : 'before';
  if (standing.value === wanted) return ok(null);
  const moved = withTarget(jail, file.target, (path) => {
    if (file[wanted] === null) unlinkSync(path);
    else if (direction === 'forward') renameSync(join(record, newName(index)), path);
    else restoreOld(record, index, path);
  });
  return moved.ok ? ok(null) : moved;
}

/** Through a second name, so that the kept one stays where it is. */
function restoreOld(record: string, index: number, path: string): void {
  const kept = join(record, oldName(index));
  const again = join(record, `again-${index}`);
  rmSync(again, { force: true }); // of a run that was interrupted here
  keepOld(kept, again);
  renameSync(again, path);
}

/** Makes what new files need; going back takes away what is empty then. */
export function makeDirectories(jail: Jail, journal: Journal): Outcome<null> {
  for (const directory of journal.directories) {
    const made = makeDirectory(jail, directory);
    if (!made.ok) return made;
  }
  return ok(null);
}

/** Makes all moves last through a loss of power. Errors: `io`; throws what the system throws. */
export function syncParents(jail: Jail, journal: Journal): Outcome<null> {
  const parents = new Set(journal.files.map(({ target }) => dirname(target)));
  for (const parent of parents) {
    const synced = withTarget(jail, join(parent, 'any'), (path) => syncDirectory(dirname(path)));
    if (!synced.ok && synced.error.code !== 'not-found') return synced;
  }
  return ok(null);
}
