import { randomBytes } from 'node:crypto';
import { readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { errnoOf } from '../file-failure.ts';
import { isRunning, readOwnerName } from './process-identity.ts';

/** Names in a directory; none where there is no such directory. */
export function namesIn(directory: string): readonly string[] {
  try {
    return readdirSync(directory);
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return [];
    throw error;
  }
}

/** Removes what nobody needs any more. That it stays is no reason to fail: the next write tries again. */
export function throwAway(path: string): void {
  try {
    rmSync(path, { recursive: true, force: true });
  } catch (error) {
    if (errnoOf(error) === undefined) throw error;
  }
}

/** Takes a directory away in one step, so that nobody ever finds half of it, and then its content. */
export function throwAwayAtOnce(home: string, path: string): void {
  const gone = join(home, `gone.${randomBytes(6).toString('hex')}`);
  renameSync(path, gone);
  throwAway(gone);
}

/** Removes what interrupted runs left: rubbish, and claims of processes that are gone. Only for who holds the lock. */
export function sweep(home: string): void {
  for (const name of namesIn(home)) {
    const path = join(home, name);
    if (name.startsWith('gone.')) throwAway(path);
    if (name.startsWith('claim.') && isAbandoned(name.slice('claim.'.length))) throwAway(path);
  }
}

/** A claim on the lock bears its owner's name from its first moment. */
function isAbandoned(claim: string): boolean {
  const owner = readOwnerName(claim);
  return owner === null || isRunning(owner) === 'no';
}
