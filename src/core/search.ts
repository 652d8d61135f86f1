import { forgive, fuseScores, isForgiven } from './search-fuse.ts';
import { characterMask, lowerCase, type SearchLine, searchLine } from './search-line.ts';
import { isSubsequence, joinRanges, matchToken, type SearchRange, type TokenMatch } from './search-match.ts';

export interface SearchEntry {
  readonly id: string;
  /** What is shown of it, already safe to print: `ranges` count in this text. */
  readonly text: string;
  /** Key paths inside a structured secret, as shown. */
  readonly keys?: readonly string[];
}

export interface SearchHit {
  readonly id: string;
  /** The key that was found; then `ranges` count in it and not in the text. */
  readonly key?: string;
  readonly ranges: readonly SearchRange[];
}

export interface Search {
  /**
   * At most `limit` hits, best first; everything in its own order for an empty query. Words (split at spaces and `#`)
   * must all be found, each in the text or in the key. Synchronous, and cheap for every letter typed or taken back.
   */
  query(q: string, limit: number): readonly SearchHit[];
}

interface Entry {
  readonly id: string;
  readonly text: SearchLine;
  readonly keys: readonly SearchLine[];
  /** Kinds of characters of the text and all keys together. */
  readonly mask: number;
}

interface Candidate {
  readonly entry: Entry;
  readonly key?: SearchLine;
  /** Sum over the tokens of the ladder's ranks. */
  readonly rank: number;
  readonly ranges: readonly SearchRange[];
}

/** Fuse orders so many of the scan's hits; the rest keep the scan's order. */
const orderedByFuse = 500;
/** With fewer exact hits than this, typos are forgiven. */
const fewHits = 5;
const forgivenCap = 50;

/**
 * Two stages, because Fuse over 10,000 names alone misses a frame and ranks path segments badly: a cheap scan finds
 * and ranks, Fuse orders what ranks alike. The index is built once, here.
 */
export function createSearch(entries: readonly SearchEntry[]): Search {
  const all = entries.map(asEntry);
  // Survivors of each prefix of the query being typed, so that typing on and deleting look at few entries.
  const typed: { query: string; survivors: readonly Entry[] }[] = [];
  return {
    query(q, limit) {
      const query = lowerCase(q);
      const tokens = [...new Set(query.split(/[\s#]+/).filter((token) => token !== ''))];
      if (tokens.length === 0) return all.slice(0, limit).map(({ id }) => ({ id, ranges: [] }));
      while (typed.length > 0 && !query.startsWith(typed.at(-1)?.query ?? '')) typed.pop();
      const within = typed.at(-1)?.survivors ?? all;
      const survivors = typed.at(-1)?.query === query ? within : narrow(tokens, within);
      if (typed.at(-1)?.query !== query) typed.push({ query, survivors });
      const hits = order(
        tokens,
        survivors.flatMap((entry) => scan(tokens, entry)),
      );
      if (hits.length < fewHits) hits.push(...forgivingScan(tokens, all, hits));
      return hits.slice(0, limit).map(({ entry, key, ranges }) => ({
        id: entry.id,
        ...(key && { key: key.text }),
        ranges: joinRanges(ranges),
      }));
    },
  };
}

function asEntry({ id, text, keys = [] }: SearchEntry): Entry {
  const textLine = searchLine(text, '/');
  const keyLines = keys.map((key) => searchLine(key, '.'));
  return {
    id,
    text: textLine,
    keys: keyLines,
    mask: keyLines.reduce((mask, key) => mask | key.mask, textLine.mask),
  };
}

/** Entries that a longer query can still find: every token is a subsequence of the text or of some key. */
function narrow(tokens: readonly string[], entries: readonly Entry[]): readonly Entry[] {
  const wanted = tokens.map((token) => ({ token, mask: characterMask(token) }));
  const fits = (token: string, mask: number, line: SearchLine): boolean =>
    (mask & ~line.mask) === 0 && isSubsequence(token, line.lower);
  return entries.filter((entry) =>
    wanted.every(
      ({ token, mask }) =>
        (mask & ~entry.mask) === 0 &&
        (fits(token, mask, entry.text) || entry.keys.some((key) => fits(token, mask, key))),
    ),
  );
}

/** A hit on the text when it holds all tokens, and one for each key that holds one of them better. */
function scan(tokens: readonly string[], entry: Entry): readonly Candidate[] {
  const inText = tokens.map((token) => matchToken(token, entry.text));
  const found: Candidate[] = [];
  const textHit = combine(inText);
  if (textHit) found.push({ entry, ...textHit });
  for (const key of entry.keys) {
    const inKey = tokens.map((token) => matchToken(token, key));
    const better = inKey.map((match, index) => isBetter(match, inText[index]));
    if (!better.includes(true)) continue;
    const hit = combine(tokens.map((_, index) => (better[index] ? inKey[index] : inText[index])));
    const ranges = inKey.flatMap((match, index) => (better[index] ? (match?.ranges ?? []) : []));
    if (hit) found.push({ entry, key, rank: hit.rank, ranges });
  }
  return found;
}

const isBetter = (match: TokenMatch | undefined, other: TokenMatch | undefined): boolean =>
  match !== undefined && (other === undefined || match.rank < other.rank);

function combine(matches: readonly (TokenMatch | undefined)[]): TokenMatch | undefined {
  let rank = 0;
  const ranges: SearchRange[] = [];
  for (const match of matches) {
    if (!match) return undefined;
    rank += match.rank;
    ranges.push(...match.ranges);
  }
  return { rank, ranges };
}

function order(tokens: readonly string[], found: readonly Candidate[]): Candidate[] {
  const ranked = [...found].sort((a, b) => a.rank - b.rank);
  const first = ranked.slice(0, orderedByFuse);
  const scores = fuseScores(
    tokens,
    first.map(({ entry, key }) => (key ? `${entry.text.lower}#${key.lower}` : entry.text.lower)),
  );
  const scored = first.map((candidate, index) => ({ candidate, score: scores[index] ?? 1 }));
  scored.sort((a, b) => Math.floor(a.candidate.rank) - Math.floor(b.candidate.rank) || a.score - b.score);
  return [...scored.map(({ candidate }) => candidate), ...ranked.slice(orderedByFuse)];
}

/** Texts and keys that hold every token, at least one of them with a typo; closest first. */
function forgivingScan(
  tokens: readonly string[],
  entries: readonly Entry[],
  known: readonly Candidate[],
): readonly Candidate[] {
  const taken = new Set(known.map(({ entry, key }) => key ?? entry.text));
  if (!tokens.some(isForgiven)) return [];
  let open = entries
    .flatMap((entry) =>
      [entry.text, ...entry.keys].map((line) => ({ entry, line, rank: 0, ranges: [] as SearchRange[] })),
    )
    .filter(({ line }) => !taken.has(line));
  for (const token of tokens) {
    const next: typeof open = [];
    const unfound: typeof open = [];
    const mask = characterMask(token);
    for (const one of open) {
      const inLine = (mask & ~one.line.mask) === 0 ? matchToken(token, one.line) : undefined;
      const inText =
        inLine ?? ((mask & ~one.entry.text.mask) === 0 ? matchToken(token, one.entry.text) : undefined);
      if (inLine) next.push({ ...one, ranges: [...one.ranges, ...inLine.ranges] });
      else if (inText) next.push(one);
      else unfound.push(one);
    }
    for (const { index, score, ranges } of forgive(
      token,
      unfound.map(({ line }) => line),
    )) {
      const one = unfound[index];
      if (one) next.push({ ...one, rank: one.rank + score, ranges: [...one.ranges, ...ranges] });
    }
    open = next;
  }
  return open
    .filter(({ rank, ranges }) => rank > 0 && ranges.length > 0)
    .sort((a, b) => a.rank - b.rank)
    .slice(0, forgivenCap)
    .map(({ entry, line, rank, ranges }) =>
      line === entry.text ? { entry, rank, ranges } : { entry, key: line, rank, ranges },
    );
}
