import { boundaryAfter, boundaryBefore } from './text-clusters.ts';
import { isLast, lineAt, lineBefore, lineBreakOf, lineFrom } from './text-lines.ts';
import { motions } from './text-motions.ts';

/** One change of a text: `inserted` in the place of the bytes from `from` to `to`, and where the cursor is then. */
export interface TextEdit {
  readonly from: number;
  readonly to: number;
  readonly inserted: Uint8Array;
  readonly cursor: number;
  /** What was taken out is to be pasted again; whole lines are pasted as lines. */
  readonly cuts?: 'text' | 'lines';
}

export type EditCommand =
  | 'new-line'
  | 'tab'
  | 'erase-left'
  | 'erase-right'
  | 'erase-word-left'
  | 'erase-word-right'
  | 'cut-to-end'
  | 'cut-line'
  | 'duplicate-line'
  | 'line-up'
  | 'line-down';

type Edits = Readonly<Record<EditCommand, (bytes: Uint8Array, cursor: number) => TextEdit | null>>;

const nothing = new Uint8Array();
const tabulator = Uint8Array.of(0x09);

/** What each command does to a text; `null` when nothing. Pure: the text itself is not touched. */
export const edits: Edits = {
  'new-line': (bytes, cursor) => insertion(cursor, lineBreakOf(bytes)),
  tab: (_, cursor) => insertion(cursor, tabulator),
  'erase-left': (bytes, cursor) => removal(boundaryBefore(bytes, cursor), cursor),
  'erase-right': (bytes, cursor) => removal(cursor, boundaryAfter(bytes, cursor)),
  'erase-word-left': (bytes, cursor) => removal(motions['word-left'](bytes, cursor), cursor),
  'erase-word-right': (bytes, cursor) => removal(cursor, motions['word-right'](bytes, cursor)),
  'cut-to-end': (bytes, cursor) => {
    const { end, next } = lineAt(bytes, cursor);
    const cut = removal(cursor, cursor < end ? end : next);
    return cut && { ...cut, cuts: 'text' };
  },
  'cut-line': (bytes, cursor) => {
    const { start, next } = lineAt(bytes, cursor);
    const cut = removal(start, next);
    return cut && { ...cut, cuts: 'lines' };
  },
  'duplicate-line': (bytes, cursor) => {
    const { start, end } = lineAt(bytes, cursor);
    const copy = joined(lineBreakOf(bytes), bytes.subarray(start, end));
    return { from: end, to: end, inserted: copy, cursor: cursor + copy.length };
  },
  'line-up': (bytes, cursor) => {
    const line = lineAt(bytes, cursor);
    const above = lineBefore(bytes, line.start);
    return above && swap(bytes, above, line, cursor - (line.start - above.start));
  },
  'line-down': (bytes, cursor) => {
    const line = lineAt(bytes, cursor);
    if (isLast(line)) return null;
    const below = lineFrom(bytes, line.next);
    return swap(bytes, line, below, cursor + (below.end - below.start) + (line.next - line.end));
  },
};

/** Text at the cursor, which follows it. */
export const insertion = (cursor: number, inserted: Uint8Array): TextEdit => ({
  from: cursor,
  to: cursor,
  inserted,
  cursor: cursor + inserted.length,
});

const removal = (from: number, to: number): TextEdit | null =>
  from === to ? null : { from, to, inserted: nothing, cursor: from };

/** Two neighbouring lines change places; the break between them stays. */
function swap(
  bytes: Uint8Array,
  first: { readonly start: number; readonly end: number; readonly next: number },
  second: { readonly start: number; readonly end: number },
  cursor: number,
): TextEdit {
  const inserted = joined(
    bytes.subarray(second.start, second.end),
    bytes.subarray(first.end, first.next),
    bytes.subarray(first.start, first.end),
  );
  return { from: first.start, to: second.end, inserted, cursor };
}

function joined(...parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
