import { boundaryAfter, boundaryBefore, type Cluster, clustersOf } from './text-clusters.ts';
import { isLast, lineAt, lineFrom } from './text-lines.ts';

/** Where the cursor goes; what moves by rows of the screen is not here. */
export type Motion =
  | 'left'
  | 'right'
  | 'word-left'
  | 'word-right'
  | 'line-start'
  | 'line-end'
  | 'text-start'
  | 'text-end';

export const motions: Readonly<Record<Motion, (bytes: Uint8Array, cursor: number) => number>> = {
  left: boundaryBefore,
  right: boundaryAfter,
  'word-left': wordLeft,
  'word-right': wordRight,
  'line-start': (bytes, cursor) => lineAt(bytes, cursor).start,
  'line-end': (bytes, cursor) => lineAt(bytes, cursor).end,
  'text-start': () => 0,
  'text-end': (bytes) => bytes.length,
};

const isWord = ({ text }: Cluster): boolean => /[\p{L}\p{N}_]/u.test(text);

/** To the start of the word before the cursor, over line breaks. */
function wordLeft(bytes: Uint8Array, cursor: number): number {
  let line = lineAt(bytes, cursor);
  let end = cursor;
  for (;;) {
    const before = clustersOf(bytes, line.start, Math.min(end, line.end));
    const last = before.findLastIndex(isWord);
    if (last >= 0) return before[before.findLastIndex((one, at) => at < last && !isWord(one)) + 1]?.from ?? 0;
    if (line.start === 0) return 0;
    line = lineAt(bytes, line.start - 1);
    end = line.end;
  }
}

/** To the end of the word after the cursor, over line breaks. */
function wordRight(bytes: Uint8Array, cursor: number): number {
  let line = lineAt(bytes, cursor);
  let start = cursor;
  for (;;) {
    const after = clustersOf(bytes, Math.min(start, line.end), line.end);
    const first = after.findIndex(isWord);
    if (first >= 0) return after.find((one, at) => at > first && !isWord(one))?.from ?? line.end;
    if (isLast(line)) return bytes.length;
    line = lineFrom(bytes, line.next);
    start = line.start;
  }
}
