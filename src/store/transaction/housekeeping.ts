import { randomBytes } from 'node:crypto';
import { readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { errnoOf } from '../file-failure.ts';
import { isRunning, readOwnerName } from './process-identity.ts';

/** A claim on the lock lives for milliseconds; one that names nobody was cut off while it was made. */
const oldClaim = 60_000;

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
    if (name.startsWith('claim.') && isAbandoned(path)) throwAway(path);
  }
}

function isAbandoned(claim: string): boolean {
  const owners = namesIn(claim).flatMap((name) => readOwnerName(name) ?? []);
  if (owners.length > 0) return owners.every((owner) => isRunning(owner) === 'no');
  const stats = statSync(claim, { throwIfNoEntry: false });
  return stats !== undefined && Date.now() - stats.mtimeMs > oldClaim;
}
