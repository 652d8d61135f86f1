/** A line that only one of two texts has, with its number there. */
export interface ChangedLine {
  readonly sign: '-' | '+';
  readonly number: number;
  readonly text: string;
}

/** Beyond so many differences the texts count as different from the first to the last of them. */
const mostDifferences = 400;

/** The fewest lines that make `after` of `before`, in their order, those that go before those that come. */
export function changedLines(before: string, after: string): readonly ChangedLine[] {
  const [old, now] = [linesOf(before), linesOf(after)];
  const shorter = Math.min(old.length, now.length);
  let start = 0;
  while (start < shorter && old[start] === now[start]) start += 1;
  let end = 0;
  while (end < shorter - start && old.at(-1 - end) === now.at(-1 - end)) end += 1;
  const [was, is] = [old.slice(start, old.length - end), now.slice(start, now.length - end)];
  const kept = keptPairs(was, is) ?? [];
  const changed: ChangedLine[] = [];
  let [x, y] = [0, 0];
  for (const [toX, toY] of [...kept, [was.length, is.length] as const]) {
    for (; x < toX; x += 1) changed.push({ sign: '-', number: start + x + 1, text: was[x] ?? '' });
    for (; y < toY; y += 1) changed.push({ sign: '+', number: start + y + 1, text: is[y] ?? '' });
    x += 1;
    y += 1;
  }
  return changed;
}

type Pair = readonly [x: number, y: number];

/** The lines that both have, by Myers' greedy way; `null` when there are too many that differ. */
function keptPairs(was: readonly string[], is: readonly string[]): readonly Pair[] | null {
  const [n, m] = [was.length, is.length];
  const trail: Map<number, number>[] = [];
  const reached = new Map([[1, 0]]);
  for (let d = 0; d <= Math.min(n + m, mostDifferences); d += 1) {
    trail.push(new Map(reached));
    for (let k = -d; k <= d; k += 2) {
      let x = isDown(reached, k, d) ? at(reached, k + 1) : at(reached, k - 1) + 1;
      while (x < n && x - k < m && was[x] === is[x - k]) x += 1;
      reached.set(k, x);
      if (x >= n && x - k >= m) return backwards(trail, n, m);
    }
  }
  return null;
}

const at = (reached: ReadonlyMap<number, number>, k: number): number => reached.get(k) ?? -1;

const isDown = (reached: ReadonlyMap<number, number>, k: number, d: number): boolean =>
  k === -d || (k !== d && at(reached, k - 1) < at(reached, k + 1));

function backwards(trail: readonly ReadonlyMap<number, number>[], n: number, m: number): readonly Pair[] {
  const pairs: Pair[] = [];
  let [x, y] = [n, m];
  for (let d = trail.length - 1; d >= 0; d -= 1) {
    const reached = trail[d] ?? new Map<number, number>();
    const k = x - y;
    const from = isDown(reached, k, d) ? k + 1 : k - 1;
    const [startX, startY] = [at(reached, from), at(reached, from) - from];
    const [stepX, stepY] = from > k ? [startX, startY + 1] : [startX + 1, startY];
    while (x > stepX && y > stepY) {
      x -= 1;
      y -= 1;
      pairs.push([x, y]);
    }
    [x, y] = [startX, startY];
  }
  return pairs.reverse();
}

const linesOf = (text: string): readonly string[] => (text === '' ? [] : text.replace(/\n$/, '').split('\n'));
