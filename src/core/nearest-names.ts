import { editDistance, likelyEdits } from './edit-distance.ts';

export interface NearOptions {
  /** Whether the beginning of a part is near enough: what was typed may be unfinished. */
  readonly starts: boolean;
}

const most = 3;
/** With fewer letters nearly everything begins so. */
const shortestStart = 3;

/**
 * The names closest to what was typed, best first: the parts typed stand somewhere in them, but for a slip of the hand;
 * else the last part alone does, where it is that of few. Names are lists of parts, as paths and key paths are.
 */
export function nearestNames<T>(
  typed: readonly string[],
  names: readonly T[],
  partsOf: (name: T) => readonly string[],
  options: NearOptions,
): readonly T[] {
  const parts = names.map((name) => ({ name, parts: partsOf(name).map(plain) }));
  const near = closest(typed.map(plain), parts, options);
  if (near.length > 0 || typed.length < 2) return near.slice(0, most);
  const byLast = closest(typed.slice(-1).map(plain), parts, options);
  return byLast.length <= most ? byLast : [];
}

interface Named<T> {
  readonly name: T;
  readonly parts: readonly string[];
}

function closest<T>(
  typed: readonly string[],
  names: readonly Named<T>[],
  { starts }: NearOptions,
): readonly T[] {
  const found: { name: T; far: number }[] = [];
  for (const { name, parts } of names) {
    const far = farness(typed, parts, starts);
    if (far !== Number.POSITIVE_INFINITY) found.push({ name, far });
  }
  return found.toSorted((one, other) => one.far - other.far).map(({ name }) => name);
}

/** The least over all runs of as many parts; the end of a name says more than its middle. */
function farness(typed: readonly string[], parts: readonly string[], starts: boolean): number {
  const length = Math.min(typed.length, parts.length);
  const wanted = typed.slice(-length).join('/');
  let least = Number.POSITIVE_INFINITY;
  for (let from = parts.length - length; from >= 0; from -= 1) {
    const run = parts.slice(from, from + length).join('/');
    const edits = editDistance(wanted, run);
    if (edits <= likelyEdits(wanted) && edits < wanted.length) least = Math.min(least, edits);
    else if (starts && wanted.length >= shortestStart && run.startsWith(wanted)) least = Math.min(least, 3);
  }
  return least;
}

const plain = (part: string): string => part.toLowerCase().replace(/\.age$/, '');
