import { closeSync, mkdirSync, openSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fail, type Outcome, ok } from '../../core/outcome.ts';
import { errnoOf } from '../file-failure.ts';
import { namesIn, throwAway, throwAwayAtOnce } from './housekeeping.ts';
import { journalNames } from './journal.ts';
import {
  isRunning,
  ownerName,
  type ProcessIdentity,
  readOwnerName,
  thisProcess,
} from './process-identity.ts';

/** The right to write in one repository. */
export interface Lock {
  /** Where the journal of what is being written lies. */
  readonly record: string;
  /**
   * Lets the next one in, in one step. A write that could not be settled stays in the lock, for whoever comes next;
   * anything else in it is thrown away.
   */
  end(): void;
}

export interface Held {
  /** `null` when the lock does not say. */
  readonly by: ProcessIdentity | null;
  readonly since: Date;
}

const settles: ReadonlySet<string> = new Set([journalNames.commit, journalNames.abort]);

/** Longer than any write of ours takes on an ordinary disk, short enough for somebody who waits. */
const patience = 3_000;
const pause = 25;

/** Waits a little for whoever is writing. Errors: `busy`, which names the holder; `stopped`. */
export async function acquireLock(home: string, signal: AbortSignal): Promise<Outcome<Lock>> {
  const me = thisProcess();
  for (const until = Date.now() + patience; ; ) {
    const tried = tryLock(home, me);
    if (!('by' in tried)) return ok(tried);
    if (Date.now() > until || stateOf(tried) === 'unknown') return busy(tried);
    await sleep(pause + Math.random() * pause);
    if (signal.aborted) return fail('stopped', 'stopped while waiting for another keyhole to finish writing');
  }
}

/**
 * A lock is a directory that appears under its name with its owner's name in it, in one step. The lock of a process
 * that no longer runs changes hands by renaming the owner's file, which only one of several can do.
 *
 * @param takeOver also from an owner of whom nobody here can tell whether it runs: somebody says that it does not
 */
export function tryLock(home: string, me = thisProcess(), takeOver = false): Lock | Held {
  const lock = join(home, 'txn');
  const claim = join(home, `claim.${ownerName(me)}`);
  try {
    mkdirSync(claim, { mode: 0o700 });
    closeSync(openSync(join(claim, ownerName(me)), 'wx', 0o600));
    for (;;) {
      if (renamed(claim, lock)) return held(home, lock, me);
      const found = ownerOf(lock);
      if (found === null) continue; // released meanwhile
      const state = stateOf(found);
      if (state === 'yes' || (state === 'unknown' && !takeOver)) return found;
      const theirs = found.by === null ? join(claim, ownerName(me)) : join(lock, ownerName(found.by));
      if (renamed(theirs, join(lock, ownerName(me)))) return held(home, lock, me);
    }
  } finally {
    throwAway(claim);
  }
}

const stateOf = ({ by }: Held): 'yes' | 'no' | 'unknown' => (by === null ? 'unknown' : isRunning(by));

function held(home: string, lock: string, me: ProcessIdentity): Lock {
  return {
    record: join(lock, 'record'),
    end() {
      try {
        const unsettled = namesIn(join(lock, 'record')).some((name) => settles.has(name));
        if (unsettled)
          renameSync(join(lock, ownerName(me)), join(lock, ownerName({ ...me, start: 'ended' })));
        else throwAwayAtOnce(home, lock);
      } catch (error) {
        // The lock stays until this process ends, and is then taken over.
        if (errnoOf(error) === undefined) throw error;
      }
    },
  };
}

function ownerOf(lock: string): Held | null {
  const stats = statSync(lock, { throwIfNoEntry: false });
  if (stats === undefined) return null;
  for (const name of namesIn(lock)) {
    const by = readOwnerName(name);
    const owner = by && statSync(join(lock, name), { throwIfNoEntry: false });
    // The change time: a lock that was taken over keeps the age of its file.
    if (owner) return { by, since: owner.ctime };
  }
  // Released or handed over while we looked, or not of our making.
  return Date.now() - stats.ctimeMs < patience ? null : { by: null, since: stats.ctime };
}

/** Whether it could be renamed; not when something is in its place or it is no longer there. */
function renamed(from: string, to: string): boolean {
  try {
    renameSync(from, to);
    return true;
  } catch (error) {
    if (['ENOTEMPTY', 'EEXIST', 'ENOENT'].includes(errnoOf(error) ?? '')) return false;
    throw error;
  }
}

/** That nothing can be done while this holder writes. */
export function busy(holder: Held): Outcome<never> {
  const { by, since } = holder;
  const state = stateOf(holder);
  const who = by === null ? 'its lock does not say who' : `process ${by.pid}`;
  const where = by !== null && state === 'unknown' ? ` on ${by.host}, which cannot be asked from here` : '';
  return fail('busy', `another keyhole is writing here: ${who}${where}, since ${since.toISOString()}`, {
    hint: state === 'yes' ? 'try again when it is done' : 'if it no longer runs: keyhole recover --take-over',
  });
}
