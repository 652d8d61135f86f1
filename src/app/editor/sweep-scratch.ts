import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { isRunning, readOwnerName } from '../../store/transaction/process-identity.ts';
import { removeScratch } from './scratch.ts';
import { isPrivate } from './scratch-place.ts';

/** Removes what editing left whose process is gone: killed, or the machine went down. */
export function sweepScratch(place: string): void {
  if (!isPrivate(place)) return;
  for (const name of readdirSync(place)) {
    const owner = readOwnerName(name);
    if (owner !== null && isRunning(owner) === 'no') removeScratch(join(place, name));
  }
}
