import { editDistance, likelyEdits } from './edit-distance.ts';

/** The candidate closest to `word`, or `undefined` when none is close enough to be what was meant. */
export function nearestWord(word: string, candidates: readonly string[]): string | undefined {
  let best: { candidate: string; distance: number } | undefined;
  for (const candidate of candidates) {
    const distance = editDistance(word, candidate);
    if (distance <= likelyEdits(word) && distance < (best?.distance ?? Number.POSITIVE_INFINITY)) {
      best = { candidate, distance };
    }
  }
  return best?.candidate;
}
