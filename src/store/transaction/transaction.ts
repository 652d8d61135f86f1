import { mkdirSync, renameSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type AppError, fail, type Outcome, ok } from '../../core/outcome.ts';
import type { PlanBase } from '../../core/plan.ts';
import { type Jail, openJail } from '../jail.ts';
import { checkBase } from './check-base.ts';
import { keepRecord, prune } from './history.ts';
import { makeHome } from './home.ts';
import { sweep, throwAwayAtOnce } from './housekeeping.ts';
import { type Journal, journalBytes, journalNames } from './journal.ts';
import { acquireLock, type Lock } from './lock.ts';
import { nextTurn } from './next-turn.ts';
import { existingHomes } from './possible-homes.ts';
import { type Recovery, recoverHome, undecidedIn } from './recover.ts';
import { settle, turnBack } from './settle.ts';
import { writeStaged } from './stage.ts';
import { type Replacement, stageFiles } from './stage-files.ts';
import { missingDirectories, mountOf, syncDirectory } from './targets.ts';
import { writeFailure } from './write-failure.ts';

export interface TransactionRequest {
  /** Canonical. */
  readonly root: string;
  readonly kind: Journal['kind'];
  readonly label: string;
  readonly base: PlanBase;
  readonly files: readonly Replacement[];
  /** Until the write is committed, an abort leaves everything as it was; afterwards it is finished first. */
  readonly signal: AbortSignal;
}

export interface Committed {
  /** Of the record that undoes it; `null` when it is still to be filed, which the next start does. */
  readonly record: string | null;
  /** What an interrupted write before this one came to, if there was one. */
  readonly recovered: readonly Recovery[];
}

/**
 * Replaces, makes and removes any number of files, all of them or none. Whatever happens, a reader finds each file
 * whole, old or new; and where the system stops in the middle, the next start finishes or takes back all of it.
 * Errors leave everything as it was, unless they say otherwise: `busy`, `changed`, `stopped`, `refused`, `damaged`
 * (what was staged is not what was meant), `io`, and those of `content`.
 */
export async function runTransaction(request: TransactionRequest): Promise<Outcome<Committed>> {
  const jail = openJail(request.root);
  try {
    return await inHome(request, jail);
  } catch (error) {
    return { ok: false, error: writeFailure(error, request.files[0]?.path ?? request.root) };
  } finally {
    jail.close();
  }
}

async function inHome(request: TransactionRequest, jail: Jail): Promise<Outcome<Committed>> {
  const mounts = mountsOf(request, jail);
  if (!mounts.ok) return mounts;
  const home = makeHome(jail, mounts.value);
  if (!home.ok) return home;
  const lock = await acquireLock(home.value, request.signal);
  if (!lock.ok) return lock;
  const recovered: Recovery[] = [];
  try {
    for (const other of existingHomes(jail)) {
      const found = recoverHome(jail, other, other === home.value ? lock.value : null);
      if (!found.ok) return found;
      recovered.push(...found.value);
      const undecided = undecidedIn(other);
      if (undecided) return undecided;
    }
    sweep(home.value);
    const written = await write(request, jail, home.value, lock.value);
    return written.ok ? ok({ record: written.value, recovered }) : written;
  } finally {
    lock.value.end();
  }
}

async function write(
  request: TransactionRequest,
  jail: Jail,
  home: string,
  lock: Lock,
): Promise<Outcome<string | null>> {
  const stale = checkBase(request.base, request.files, jail);
  if (stale) return stale;
  mkdirSync(lock.record, { mode: 0o700 });
  const { kind, label, files, base, signal } = request;
  const staged = await stageFiles(files, jail, lock.record, signal);
  if (!staged.ok) return staged;
  const journal: Journal = { kind, label, at: new Date().toISOString(), ...staged.value };
  const planned = writeStaged(join(lock.record, journalNames.plan), journalBytes(journal), null);
  if (!planned.ok) return planned;
  syncDirectory(lock.record);
  // A signal is only noticed between two turns of the event loop; from here on there is none until all is done.
  await nextTurn();
  if (signal.aborted) return fail('stopped', 'stopped; nothing was written');
  jail.close();
  const changed = checkBase(base, files, jail);
  if (changed) return changed;
  return commit(jail, home, lock, journal);
}

/** From here on the write happens, or is taken back. */
function commit(jail: Jail, home: string, lock: Lock, journal: Journal): Outcome<string | null> {
  const { record } = lock;
  renameSync(join(record, journalNames.plan), join(record, journalNames.commit));
  let failure: AppError | null = null;
  try {
    for (const directory of [record, dirname(record), home]) syncDirectory(directory);
    failure = settle(jail, record, journal, 'forward', false).error;
  } catch (error) {
    failure = writeFailure(error, 'the journal');
  }
  if (failure === null) return ok(file(home, record, journal));
  return takenBack(jail, home, record, journal, failure);
}

function takenBack(
  jail: Jail,
  home: string,
  record: string,
  journal: Journal,
  failure: AppError,
): Outcome<never> {
  let second: AppError | null;
  try {
    turnBack(record);
    second = settle(jail, record, journal, 'back', true).error;
  } catch (error) {
    second = writeFailure(error, 'the journal');
  }
  if (second === null) {
    tidy(record, () => throwAwayAtOnce(home, record));
    return { ok: false, error: failure };
  }
  return fail('io', `${failure.says}, and it could not be taken back (${second.says})`, {
    ...(failure.where !== undefined && { where: failure.where }),
    hint: 'nothing is lost; the next start of keyhole, or keyhole recover, settles it',
  });
}

/** All files are in place and will stay: what fails now is only tidying, which the next start does as well. */
function file(home: string, record: string, journal: Journal): string | null {
  let id: string | null = null;
  tidy(record, () => {
    id = keepRecord(home, record);
    prune(home, journal);
  });
  return id;
}

function tidy(where: string, act: () => void): void {
  try {
    act();
  } catch (error) {
    writeFailure(error, where);
  }
}

/** Where the files are to be; for one in a directory that is not there yet, where that will be. */
function mountsOf({ files }: TransactionRequest, jail: Jail): Outcome<ReadonlySet<string>> {
  const mounts = new Set<string>();
  for (const { target } of files) {
    const missing = missingDirectories(jail, target);
    if (!missing.ok) return missing;
    const parent = dirname(missing.value[0] ?? target);
    const mount = jail.withDirectory(parent === '.' ? '' : parent, mountOf);
    if (!mount.ok) return mount;
    mounts.add(mount.value);
  }
  return ok(mounts);
}
