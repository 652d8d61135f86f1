/** The best of what a scan offers one after the other: at most `limit`, and of equals the first. */
export interface BestRanked<T> {
  /** Whether something of this rank, lower being better, has a chance. Asked first, so that nothing is made in vain. */
  readonly wants: (rank: number) => boolean;
  readonly add: (offer: T) => void;
  /** Best first. */
  readonly best: () => T[];
}

export function bestRanked<T extends { readonly rank: number }>(limit: number): BestRanked<T> {
  const kept: T[] = [];
  let bar = Number.POSITIVE_INFINITY;
  const best = (): T[] => {
    kept.sort((a, b) => a.rank - b.rank);
    if (kept.length > limit) kept.length = limit;
    return kept;
  };
  return {
    wants: (rank) => rank < bar,
    add(offer) {
      kept.push(offer);
      if (kept.length === limit * 2) bar = best().at(-1)?.rank ?? bar;
    },
    best,
  };
}
