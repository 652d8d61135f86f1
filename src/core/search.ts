import { bestRanked } from './best-ranked.ts';
import { forgive, fuseScores, isForgiven } from './search-fuse.ts';
import { characterMask, lowerCase, type SearchLine, searchLine } from './search-line.ts';
import {
  isSubsequence,
  joinRanges,
  matchRank,
  noMatch,
  type SearchRange,
  tokenRanges,
  tokenRank,
} from './search-match.ts';

// Named here too: whoever loads this file lazily must reach the same Fuse that its searches use.
export { loadFuse } from './search-fuse.ts';

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
   *
   * @param among ids of the only entries that are looked at
   */
  query(q: string, limit: number, among?: ReadonlySet<string>): readonly SearchHit[];
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
  /** The rank of the token that stands worst in it. */
  readonly worst: number;
  /** Only where the scan would not find them again. */
  readonly ranges?: readonly SearchRange[];
}

/** Fuse orders so many of the scan's hits; the rest keep the scan's order. */
const orderedByFuse = 500;
/** With fewer hits than this, none of them certain, typos are forgiven. */
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
    query(q, limit, among) {
      const listed = (some: readonly Entry[]): readonly Entry[] =>
        among ? some.filter(({ id }) => among.has(id)) : some;
      const query = lowerCase(q);
      const tokens = [...new Set(query.split(/[\s#]+/).filter((token) => token !== ''))];
      if (tokens.length === 0)
        return listed(all)
          .slice(0, limit)
          .map(({ id }) => ({ id, ranges: [] }));
      while (typed.length > 0 && !query.startsWith(typed.at(-1)?.query ?? '')) typed.pop();
      const within = typed.at(-1)?.survivors ?? all;
      const survivors = typed.at(-1)?.query === query ? within : narrow(tokens, within);
      if (typed.at(-1)?.query !== query) typed.push({ query, survivors });
      const { close, loose } = scan(tokens, listed(survivors), Math.max(limit, orderedByFuse));
      // Where something holds what was typed, letters that merely lie about are noise, and no typo was made.
      const isCertain = close.some(({ worst }) => worst < matchRank.scattered);
      const hits = order(tokens, isCertain ? close : [...close, ...loose]);
      if (!isCertain && hits.length < fewHits) hits.push(...forgivingScan(tokens, listed(all), hits));
      return hits.slice(0, limit).map((hit) => ({
        id: hit.entry.id,
        ...(hit.key && { key: hit.key.text }),
        ranges: joinRanges(hit.ranges ?? rangesOf(tokens, hit)),
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
  const masks = tokens.map(characterMask);
  return entries.filter((entry) => {
    for (let index = 0; index < tokens.length; index += 1) {
      const mask = masks[index] ?? 0;
      if ((mask & ~entry.mask) !== 0 || !mayHold(entry, tokens[index] ?? '', mask)) return false;
    }
    return true;
  });
}

function mayHold({ text, keys }: Entry, token: string, mask: number): boolean {
  if ((mask & ~text.mask) === 0 && isSubsequence(token, text.lower)) return true;
  return keys.some((key) => (mask & ~key.mask) === 0 && isSubsequence(token, key.lower));
}

/**
 * A hit on each text that holds all tokens, and one on each key that holds one of them better; apart from them those
 * where a token is only letters that lie about. The best `limit` of both kinds. Runs over everything for every letter
 * typed, so it makes objects only for hits that have a chance, and finds ranges only for those that are returned.
 */
function scan(
  tokens: readonly string[],
  entries: readonly Entry[],
  limit: number,
): { readonly close: Candidate[]; readonly loose: Candidate[] } {
  const masks = tokens.map(characterMask);
  const rankIn = (index: number, line: SearchLine): number =>
    ((masks[index] ?? 0) & ~line.mask) === 0 ? tokenRank(tokens[index] ?? '', line) : noMatch;
  const inText = new Float64Array(tokens.length);
  const close = bestRanked<Candidate>(limit);
  const loose = bestRanked<Candidate>(limit);
  const offer = (rank: number, worst: number, entry: Entry, key?: SearchLine): void => {
    const kind = worst < matchRank.loose ? close : loose;
    if (kind.wants(rank)) kind.add(key ? { entry, key, rank, worst } : { entry, rank, worst });
  };
  // No `for … of`: until it is compiled it makes an object for each of 10,000 entries.
  entries.forEach((entry) => {
    let textRank = 0;
    let textWorst = 0;
    for (let index = 0; index < tokens.length; index += 1) {
      const own = rankIn(index, entry.text);
      inText[index] = own;
      textRank += own;
      textWorst = Math.max(textWorst, own);
    }
    if (textRank < noMatch) offer(textRank, textWorst, entry);
    for (const key of entry.keys) {
      let keyRank = 0;
      let keyWorst = 0;
      let better = false;
      for (let index = 0; index < tokens.length; index += 1) {
        const own = rankIn(index, key);
        const other = inText[index] ?? noMatch;
        better ||= own < other;
        keyRank += Math.min(own, other);
        keyWorst = Math.max(keyWorst, Math.min(own, other));
      }
      if (better && keyRank < noMatch) offer(keyRank, keyWorst, entry, key);
    }
  });
  return { close: close.best(), loose: loose.best() };
}

function rangesOf(tokens: readonly string[], { entry, key }: Candidate): readonly SearchRange[] {
  if (!key) return tokens.flatMap((token) => tokenRanges(token, entry.text));
  return tokens
    .filter((token) => tokenRank(token, key) < tokenRank(token, entry.text))
    .flatMap((token) => tokenRanges(token, key));
}

function order(tokens: readonly string[], found: Candidate[]): Candidate[] {
  const ranked = found.sort((a, b) => a.rank - b.rank);
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
    const holds = (line: SearchLine): boolean =>
      (mask & ~line.mask) === 0 && tokenRank(token, line) < noMatch;
    for (const one of open) {
      if (holds(one.line)) next.push({ ...one, ranges: [...one.ranges, ...tokenRanges(token, one.line)] });
      else if (one.line !== one.entry.text && holds(one.entry.text)) next.push(one);
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
      line === entry.text
        ? { entry, rank, worst: noMatch, ranges }
        : { entry, key: line, rank, worst: noMatch, ranges },
    );
}
