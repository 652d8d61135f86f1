import { lstatSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { fail, type Outcome, ok } from '../../core/outcome.ts';
import { errnoOf } from '../file-failure.ts';
import { type Jail, openJail } from '../jail.ts';
import { keepRecord, readRecord } from './history.ts';
import { namesIn, sweep, throwAwayAtOnce } from './housekeeping.ts';
import { type Journal, journalNames, newName, oldName } from './journal.ts';
import { isIntact, isRealDirectory } from './kept-file.ts';
import { busy, type Lock, tryLock } from './lock.ts';
import { type Direction, standingOf } from './moves.ts';
import { existingHomes } from './possible-homes.ts';
import { thisProcess } from './process-identity.ts';
import { settle, turnBack } from './settle.ts';
import { writeFailure } from './write-failure.ts';

/** What became of a write that was interrupted. */
export interface Recovery {
  /**
   * `finished`: all files are as they were to be. `taken-back`: all are as they were. `discarded`: it had not begun.
   * `undecided`: somebody changed files of it since, so none was touched; `recover` takes a decision. `set-aside`: its
   * record cannot be read, and was moved out of the way.
   */
  readonly did: 'finished' | 'taken-back' | 'discarded' | 'undecided' | 'set-aside';
  readonly label: string;
  readonly files: readonly string[];
  /** Files that somebody else wrote since; they are as that somebody left them. */
  readonly foreign: readonly string[];
  /** Where what was prepared for such files is kept, relative to the home. */
  readonly aside: string | null;
}

/** What somebody who asks for recovery wants; a start that only looks in wants nothing. */
export interface RecoverWish {
  /** For a write whose files were changed by somebody else since: finish or take back the others. */
  readonly decision: Direction | null;
  /** The lock of another machine is nobody's any more. */
  readonly takeOver: boolean;
}

const pendingIn = (home: string): string => join(home, 'pending');

/** Why nothing can be written before somebody decides; `null` when nothing stands in the way. */
export function undecidedIn(home: string): Outcome<never> | null {
  if (!isThere(pendingIn(home))) return null;
  const journal = readRecord(pendingIn(home), journalNames.commit);
  const label = journal.ok ? ` (${journal.value.label})` : '';
  return fail('changed', `an earlier write${label} was interrupted, and its files were changed since`, {
    hint: 'keyhole recover says which, and keyhole recover --finish or --abort decides',
  });
}

/**
 * Settles what an interrupted write left in one home. Can be interrupted itself, any number of times. With a decision,
 * files that somebody changed meanwhile no longer hold up the others. Errors: `io`, and then the rest is for next time.
 *
 * @param lock where the caller holds the lock; else it is taken, and when somebody else has it, that is `busy` for whoever
 *   has a wish, and for everybody else no reason to wait
 */
export function recoverHome(
  jail: Jail,
  home: string,
  lock: Lock | null,
  wish: RecoverWish | null = null,
): Outcome<readonly Recovery[]> {
  try {
    const decision = wish?.decision ?? null;
    if (lock !== null) return recoverLocked(jail, home, lock.record, decision);
    const taken = tryLock(home, thisProcess(), wish?.takeOver);
    if ('by' in taken) return wish === null ? ok([]) : busy(taken);
    try {
      const recovered = recoverLocked(jail, home, taken.record, decision);
      sweep(home);
      return recovered;
    } finally {
      taken.end();
    }
  } catch (error) {
    return { ok: false, error: writeFailure(error, home) };
  }
}

/** Settles everything that was interrupted in a repository, and tidies up; the homes one after the other. */
export function recoverRepository(
  root: string,
  wish: RecoverWish | null = null,
): Outcome<readonly Recovery[]> {
  const jail = openJail(root);
  try {
    const all: Recovery[] = [];
    for (const home of existingHomes(jail)) {
      const found = recoverHome(jail, home, null, wish);
      if (!found.ok) return found;
      all.push(...found.value);
    }
    return ok(all);
  } finally {
    jail.close();
  }
}

function recoverLocked(
  jail: Jail,
  home: string,
  record: string,
  decision: Direction | null,
): Outcome<readonly Recovery[]> {
  const found: Recovery[] = [];
  const interrupted = recoverRecord(jail, home, record, null);
  if (!interrupted.ok) return interrupted;
  if (interrupted.value) found.push(interrupted.value);
  // What has just become undecided is not tried again, except by decision.
  const pending =
    interrupted.value?.did === 'undecided' && decision === null ? false : isThere(pendingIn(home));
  if (!pending) return ok(found);
  renameSync(pendingIn(home), record);
  const again = recoverRecord(jail, home, record, decision);
  if (!again.ok) return again;
  return ok([...found.filter(({ did }) => did !== 'undecided'), ...(again.value ? [again.value] : [])]);
}

function recoverRecord(
  jail: Jail,
  home: string,
  record: string,
  decision: Direction | null,
): Outcome<Recovery | null> {
  if (!isThere(record)) return ok(null);
  if (!isRealDirectory(record)) return ok({ ...told('set-aside', null), aside: setAside(home, record) });
  const names = namesIn(record);
  const [name] = [journalNames.abort, journalNames.commit].filter((one) => names.includes(one));
  const journal = readRecord(record, name ?? journalNames.plan);
  if (name === undefined) {
    throwAwayAtOnce(home, record);
    return ok(told('discarded', journal.ok ? journal.value : null));
  }
  if (!journal.ok) {
    if (journal.error.code === 'io') return journal;
    return ok({ ...told('set-aside', null), aside: setAside(home, record) });
  }
  if (name === journalNames.commit && decision === 'back') turnBack(record);
  return name === journalNames.abort || decision === 'back'
    ? goBack(jail, home, record, journal.value)
    : goForward(jail, home, record, journal.value, decision !== null);
}

function goBack(jail: Jail, home: string, record: string, journal: Journal): Outcome<Recovery> {
  const spoilt = journal.files.some(
    ({ before }, index) => before !== null && !isIntact(join(record, oldName(index)), before),
  );
  if (spoilt) return ok({ ...told('set-aside', journal), aside: setAside(home, record) });
  const { foreign, error } = settle(jail, record, journal, 'back', true);
  if (error) return { ok: false, error };
  const aside = foreign.length > 0 ? setAside(home, record) : null;
  if (aside === null) throwAwayAtOnce(home, record);
  return ok({ ...told('taken-back', journal), foreign, aside });
}

function goForward(
  jail: Jail,
  home: string,
  record: string,
  journal: Journal,
  decided: boolean,
): Outcome<Recovery> {
  const foreign: string[] = [];
  let spoilt = false;
  for (const [index, file] of journal.files.entries()) {
    const standing = standingOf(jail, file);
    if (!standing.ok) return standing;
    if (standing.value === 'foreign') foreign.push(file.path);
    if (standing.value !== 'before' || file.after === null) continue;
    spoilt ||= !isIntact(join(record, newName(index)), file.after);
  }
  if (foreign.length > 0 && !decided) {
    renameSync(record, pendingIn(home));
    return ok({ ...told('undecided', journal), foreign });
  }
  // What was to be written is no longer what was proved: then none of it is.
  if (spoilt) {
    turnBack(record);
    return goBack(jail, home, record, journal);
  }
  const settled = settle(jail, record, journal, 'forward', decided);
  if (settled.error) return { ok: false, error: settled.error };
  const aside = settled.foreign.length > 0 ? setAside(home, record) : null;
  if (aside === null) keepRecord(home, record);
  return ok({ ...told('finished', journal), foreign: settled.foreign, aside });
}

const told = (did: Recovery['did'], journal: Journal | null): Recovery => ({
  did,
  label: journal?.label ?? 'a write',
  files: journal?.files.map(({ path }) => path) ?? [],
  foreign: [],
  aside: null,
});

/** Out of the way and kept, since it may hold the only copy of something. */
function setAside(home: string, record: string): string {
  const names = new Set(namesIn(home));
  let count = 1;
  while (names.has(`aside-${count}`)) count += 1;
  renameSync(record, join(home, `aside-${count}`));
  return `aside-${count}`;
}

/** Throws what the system throws, except that nothing is there. */
function isThere(path: string): boolean {
  try {
    lstatSync(path);
    return true;
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return false;
    throw error;
  }
}
