import type { SearchLine } from './search-line.ts';

/** End exclusive, in UTF-16 units of the line's text. */
export type SearchRange = readonly [start: number, end: number];

/** One query token found in one line. Lower ranks are better. */
export interface TokenMatch {
  readonly rank: number;
  readonly ranges: readonly SearchRange[];
}

/**
 * The ladder of the cheap scan, best first. In a path the last segment says what a secret is and the others where
 * it lives, so the same hit counts more in the last one.
 */
export const matchRank = {
  wholeName: 0,
  wholeSegment: 1,
  nameStart: 2,
  wordStartInName: 3,
  wordStart: 4,
  insideName: 5,
  inside: 6,
  scattered: 7,
} as const;

const occurrencesTried = 8;

/** Whether the token's characters stand in the line in this order at all: what narrowing while typing relies on. */
export function isSubsequence(token: string, lower: string): boolean {
  let at = -1;
  for (let index = 0; index < token.length; index += 1) {
    at = lower.indexOf(token.charAt(index), at + 1);
    if (at < 0) return false;
  }
  return true;
}

/** The best place of `token` (lower case, not empty) in the line, or `undefined` when it is not there. */
export function matchToken(token: string, line: SearchLine): TokenMatch | undefined {
  let best: TokenMatch | undefined;
  let at = line.lower.indexOf(token);
  for (let tries = 0; at >= 0 && tries < occurrencesTried; tries += 1) {
    const rank = rankOf(token, at, line);
    if (best === undefined || rank < best.rank) best = { rank, ranges: [[at, at + token.length]] };
    if (rank === matchRank.wholeName) break;
    at = line.lower.indexOf(token, at + 1);
  }
  return best ?? scatteredMatch(token, line);
}

function rankOf(token: string, start: number, { lower, base }: SearchLine): number {
  const end = start + token.length;
  const startsWord = isBoundary(lower, start);
  const endsWord = isBoundary(lower, end);
  const inName = start >= base;
  if (
    startsWord &&
    (start === 0 || start === base) &&
    (end === lower.length || endsBeforeExtension(lower, end))
  )
    return matchRank.wholeName;
  if (startsWord && endsWord && isSegment(lower, start, end)) return matchRank.wholeSegment;
  if (start === base) return matchRank.nameStart;
  if (startsWord) return inName ? matchRank.wordStartInName : matchRank.wordStart;
  return inName ? matchRank.insideName : matchRank.inside;
}

const endsBeforeExtension = (lower: string, end: number): boolean =>
  lower.charAt(end) === '.' && lower.indexOf('.', end + 1) < 0 && lower.indexOf('/', end) < 0;

const isSegment = (lower: string, start: number, end: number): boolean =>
  (start === 0 || lower.charAt(start - 1) === '/' || lower.charAt(start - 1) === '.') &&
  (end === lower.length || lower.charAt(end) === '/' || lower.charAt(end) === '.');

/** Whether a word starts or ends at `at`. */
function isBoundary(lower: string, at: number): boolean {
  return at === 0 || at === lower.length || isPunctuation(lower, at - 1) || isPunctuation(lower, at);
}

function isPunctuation(lower: string, at: number): boolean {
  const unit = lower.charCodeAt(at);
  return unit < 128 && !(unit >= 97 && unit <= 122) && !(unit >= 48 && unit <= 57);
}

/**
 * `hdbpg` in `hosts/db1/postgres`. Taken only when it is compact (four times the token's length at most) or every
 * run starts a word; otherwise long paths would match nearly everything.
 */
function scatteredMatch(token: string, { lower }: SearchLine): TokenMatch | undefined {
  if (token.length < 2) return undefined;
  let at = -1;
  for (let index = 0; index < token.length; index += 1) {
    at = lower.indexOf(token.charAt(index), at + 1);
    if (at < 0) return undefined;
  }
  // The leftmost end is known; walking back from it finds the latest start.
  const positions: number[] = [];
  let from = at;
  for (let index = token.length - 1; index >= 0; index -= 1) {
    from = lower.lastIndexOf(token.charAt(index), from);
    positions.unshift(from);
    from -= 1;
  }
  const span = at - (positions[0] ?? 0) + 1;
  const ranges = joinRanges(positions.map((position) => [position, position + 1]));
  if (span > token.length * 4 && !ranges.every(([start]) => isBoundary(lower, start))) return undefined;
  // Fewer runs and a shorter span first, below one whole step of the ladder.
  return { rank: matchRank.scattered + Math.min(0.99, ranges.length / 20 + span / 1000), ranges };
}

/** Sorted, and joined where they touch or overlap. */
export function joinRanges(ranges: readonly SearchRange[]): readonly SearchRange[] {
  if (ranges.length < 2) return ranges;
  const joined: SearchRange[] = [];
  for (const range of [...ranges].sort((a, b) => a[0] - b[0])) {
    const last = joined.at(-1);
    if (last && range[0] <= last[1]) joined[joined.length - 1] = [last[0], Math.max(last[1], range[1])];
    else joined.push(range);
  }
  return joined;
}
