import type { SearchLine } from './search-line.ts';

/** End exclusive, in UTF-16 units of the line's text. */
export type SearchRange = readonly [start: number, end: number];

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
  /** Its letters start words, as in an acronym. */
  scattered: 7,
  /** Its letters stand close together, but anywhere. */
  loose: 8,
} as const;

const occurrencesTried = 8;

/** Whether the token's characters stand in the line in this order at all: what narrowing while typing relies on. */
export const isSubsequence = (token: string, lower: string): boolean => subsequenceEnd(token, lower) >= 0;

/** Position of the token's last character when each is taken as early as possible; -1 when they are not all there. */
function subsequenceEnd(token: string, lower: string): number {
  let at = -1;
  for (let index = 0; index < token.length; index += 1) {
    at = lower.indexOf(token.charAt(index), at + 1);
    if (at < 0) return -1;
  }
  return at;
}

/** What `tokenRank` gives for a token that is not in the line. */
export const noMatch = Number.POSITIVE_INFINITY;

/** How well `token` (lower case, not empty) stands in the line, lower is better. Allocates nothing: it runs for every line. */
export function tokenRank(token: string, line: SearchLine): number {
  const start = bestStart(token, line);
  return start < 0 ? scatteredRank(token, line) : rankOf(token, start, line);
}

/** Where `tokenRank` saw the token. */
export function tokenRanges(token: string, line: SearchLine): readonly SearchRange[] {
  const start = bestStart(token, line);
  if (start >= 0) return [[start, start + token.length]];
  return joinRanges(scatteredPositions(token, line).map((position) => [position, position + 1]));
}

function bestStart(token: string, line: SearchLine): number {
  let best = -1;
  let bestRank = noMatch;
  let at = line.lower.indexOf(token);
  for (let tries = 0; at >= 0 && tries < occurrencesTried; tries += 1) {
    const rank = rankOf(token, at, line);
    if (rank < bestRank) {
      best = at;
      bestRank = rank;
    }
    if (rank === matchRank.wholeName) break;
    at = line.lower.indexOf(token, at + 1);
  }
  return best;
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
function scatteredRank(token: string, { lower }: SearchLine): number {
  if (token.length < 2) return noMatch;
  const end = subsequenceEnd(token, lower);
  if (end < 0) return noMatch;
  let runs = 0;
  let allAtWords = true;
  let position = end + 2;
  for (let index = token.length - 1; index >= 0; index -= 1) {
    const next = lower.lastIndexOf(token.charAt(index), index === token.length - 1 ? end : position - 1);
    if (next !== position - 1) {
      runs += 1;
      if (runs > 1) allAtWords &&= isBoundary(lower, position);
    }
    position = next;
  }
  allAtWords &&= isBoundary(lower, position);
  const span = end - position + 1;
  if (span > token.length * 4 && !allAtWords) return noMatch;
  // Fewer runs and a shorter span first, below one whole step of the ladder.
  return (allAtWords ? matchRank.scattered : matchRank.loose) + Math.min(0.99, runs / 20 + span / 1000);
}

/** The leftmost end is known; walking back from it finds the latest start. */
function scatteredPositions(token: string, { lower }: SearchLine): readonly number[] {
  const positions: number[] = [];
  let from = subsequenceEnd(token, lower);
  for (let index = token.length - 1; index >= 0 && from >= 0; index -= 1) {
    from = lower.lastIndexOf(token.charAt(index), from);
    positions.unshift(from);
    from -= 1;
  }
  return positions;
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
