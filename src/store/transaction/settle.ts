import { renameSync, rmdirSync } from 'node:fs';
import { join } from 'node:path';
import type { AppError, Outcome } from '../../core/outcome.ts';
import { errnoOf } from '../file-failure.ts';
import type { Jail } from '../jail.ts';
import { type Journal, journalNames } from './journal.ts';
import { type Direction, makeDirectories, moveFile, syncParents } from './moves.ts';
import { syncDirectory, withTarget } from './targets.ts';
import { writeFailure } from './write-failure.ts';

/** How far a committed write got. */
export interface Settled {
  /** Files somebody else wrote meanwhile; they were left as they are. */
  readonly foreign: readonly string[];
  /** The first thing that went wrong, if anything did. */
  readonly error: AppError | null;
}

/**
 * Takes every file of a committed write the whole way in one direction. Can be done any number of times. A file that
 * somebody else wrote is left alone; whether the others go on past it is the caller's choice.
 */
export function settle(
  jail: Jail,
  record: string,
  journal: Journal,
  direction: Direction,
  pastForeign: boolean,
): Settled {
  const foreign: string[] = [];
  const step = (where: string, act: () => Outcome<null>): AppError | null => {
    try {
      const done = act();
      return done.ok ? null : done.error;
    } catch (error) {
      return writeFailure(error, where);
    }
  };
  if (direction === 'forward') {
    const error = step('the directories', () => makeDirectories(jail, journal));
    if (error) return { foreign, error };
  }
  for (const [index, file] of journal.files.entries()) {
    const error = step(file.path, () => moveFile(jail, record, journal, index, direction));
    if (error?.code === 'changed') foreign.push(file.path);
    if (error && !(error.code === 'changed' && pastForeign)) return { foreign, error };
  }
  const error = step('the directories', () => syncParents(jail, journal));
  if (direction === 'back' && error === null) removeDirectories(jail, journal);
  return { foreign, error };
}

/** Turns a committed write round. Throws what the system throws. */
export function turnBack(record: string): void {
  renameSync(join(record, journalNames.commit), join(record, journalNames.abort));
  syncDirectory(record);
}

function removeDirectories(jail: Jail, journal: Journal): void {
  for (const directory of [...journal.directories].reverse()) {
    try {
      withTarget(jail, directory, rmdirSync);
    } catch (error) {
      // Not empty: somebody else uses it by now. Whatever else it is, an empty directory does no harm.
      if (errnoOf(error) === undefined) throw error;
    }
  }
}
