/** What is further away was hardly meant. */
const mostEdits = 2;

/** How many edits a slip of the hand makes in a word. */
export const likelyEdits = (word: string): number => (word.length <= 4 ? 1 : mostEdits);

/**
 * Insertions, deletions, replacements and swaps of neighbours (optimal string alignment); infinite where the lengths
 * alone tell that it is more than `likelyEdits`.
 */
export function editDistance(from: string, to: string): number {
  // A command line may be a megabyte; no name is.
  if (Math.abs(from.length - to.length) > mostEdits) return Number.POSITIVE_INFINITY;
  let beforeLast: number[] = [];
  let last = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let row = 1; row <= from.length; row++) {
    const current = [row];
    for (let column = 1; column <= to.length; column++) {
      const same = from[row - 1] === to[column - 1];
      const swapped = from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
      current.push(
        Math.min(
          at(last, column) + 1,
          at(current, column - 1) + 1,
          at(last, column - 1) + (same ? 0 : 1),
          swapped ? at(beforeLast, column - 2) + 1 : Number.POSITIVE_INFINITY,
        ),
      );
    }
    beforeLast = last;
    last = current;
  }
  return at(last, to.length);
}

const at = (row: readonly number[], column: number): number => row[column] ?? Number.POSITIVE_INFINITY;
