import type Fuse from 'fuse.js';
import { characterMask, missingKinds, type SearchLine } from './search-line.ts';
import type { SearchRange } from './search-match.ts';

let FuseClass: typeof Fuse | undefined;

/**
 * Loads fuse.js, which costs a few milliseconds that the first frame need not pay. Until it is there searches are
 * ordered by the cheap scan alone and forgive no typo.
 */
export async function loadFuse(): Promise<void> {
  FuseClass ??= (await import('fuse.js')).default;
}

/** Shorter tokens with an error in them match everything. */
const shortestForgiven = 5;
const forgivenShare = 0.34;
const candidateCap = 500;

/** Whether a typo in this token can be forgiven now. */
export const isForgiven = (token: string): boolean =>
  FuseClass !== undefined && token.length >= shortestForgiven;

/** Fuse's score of each line for all tokens together, 0 best; 1 for each token that Fuse does not find. */
export function fuseScores(tokens: readonly string[], lines: readonly string[]): readonly number[] {
  if (!FuseClass) return lines.map(() => 0);
  const fuse = new FuseClass(lines, { includeScore: true, ignoreLocation: true, shouldSort: false });
  const scores = lines.map(() => tokens.length);
  for (const token of tokens) {
    for (const { refIndex, score } of fuse.search(token)) {
      scores[refIndex] = (scores[refIndex] ?? tokens.length) - 1 + (score ?? 1);
    }
  }
  return scores;
}

/** A line in which `token` stands with a typo. */
export interface ForgivenMatch {
  /** Position in the lines that were given. */
  readonly index: number;
  readonly score: number;
  readonly ranges: readonly SearchRange[];
}

/** Lines that hold `token` with few errors, found by Fuse among those that share enough with it. */
export function forgive(token: string, lines: readonly SearchLine[]): readonly ForgivenMatch[] {
  if (!FuseClass || !isForgiven(token)) return [];
  const candidates = likely(token, lines);
  const fuse = new FuseClass(
    candidates.map((index) => lines[index]?.lower ?? ''),
    {
      includeScore: true,
      includeMatches: true,
      ignoreLocation: true,
      ignoreFieldNorm: true,
      threshold: forgivenShare,
    },
  );
  return fuse.search(token).map(({ refIndex, score, matches }) => {
    const indices = matches?.[0]?.indices ?? [];
    const runs = indices.filter(([start, end]) => end > start);
    return {
      index: candidates[refIndex] ?? 0,
      score: score ?? 1,
      ranges: (runs.length > 0 ? runs : indices).map(([start, end]) => [start, end + 1] as const),
    };
  });
}

/**
 * An error changes at most one character and breaks at most two pairs of neighbours, so a line with `k` errors
 * lacks at most `k` kinds of characters and `2k` pairs. The closest ones are kept when there are too many.
 */
function likely(token: string, lines: readonly SearchLine[]): readonly number[] {
  const errors = Math.floor(token.length * forgivenShare);
  const mask = characterMask(token);
  const pairs = Array.from({ length: token.length - 1 }, (_, index) => token.slice(index, index + 2));
  const enough = Math.max(1, pairs.length - 2 * errors);
  const found: { index: number; shared: number }[] = [];
  for (const [index, line] of lines.entries()) {
    if (missingKinds(mask, line.mask) > errors) continue;
    let shared = 0;
    for (const pair of pairs) if (line.lower.includes(pair)) shared += 1;
    if (shared >= enough) found.push({ index, shared });
  }
  if (found.length > candidateCap) found.sort((a, b) => b.shared - a.shared || a.index - b.index);
  return found.slice(0, candidateCap).map(({ index }) => index);
}
