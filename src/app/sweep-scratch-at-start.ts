import { readdirSync } from 'node:fs';
import { scratchPlaces } from './editor/scratch-places.ts';

/** Removes what an edit left in memory that was killed. There is nearly never any, and then nothing is loaded. */
export async function sweepScratchAtStart(env: Readonly<Record<string, string | undefined>>): Promise<void> {
  for (const place of scratchPlaces(env)) {
    if (!isInUse(place)) continue;
    const { sweepScratch } = await import('./editor/sweep-scratch.ts');
    sweepScratch(place);
  }
}

function isInUse(place: string): boolean {
  try {
    return readdirSync(place).length > 0;
  } catch {
    return false; // usually not there; whatever else it is, an edit that needs it says so
  }
}
