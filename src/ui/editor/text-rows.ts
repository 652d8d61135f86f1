import { textWidth } from '../../core/text-width.ts';
import { inspectCharacters, isPlain, markFor } from '../../core/visible-character.ts';
import { type Span, span } from '../styled-text.ts';
import type { Token } from '../theme.ts';
import type { Selection } from './selection-edits.ts';
import { type Cluster, clustersOf, isSimple } from './text-clusters.ts';
import type { TextLine } from './text-lines.ts';

/** One row on the screen, as numbers: the bytes `from` to `to` of line `line`, which counts from 1. */
export interface TextRow {
  readonly line: number;
  readonly from: number;
  readonly to: number;
  readonly isFirst: boolean;
  /** Of its line: the cursor may stand behind its last character. */
  readonly isEnd: boolean;
}

/** What a terminal can draw of a text that is safe to print: `pen.legible`. It decides how wide things are. */
export type Legible = (shown: string) => string;

/** Where the rows of a line begin when it is broken at `width` cells, which leaves one for the cursor behind them. */
export function breaksOfLine(
  bytes: Uint8Array,
  { start, end }: TextLine,
  width: number,
  legible: Legible,
): readonly number[] {
  return isSimple(bytes, start, end)
    ? simpleBreaks(start, end, width)
    : breaksOf(bytes, start, end, width, legible);
}

function simpleBreaks(start: number, end: number, width: number): readonly number[] {
  const breaks = [start];
  for (let at = start + width; at < end; at += width) breaks.push(at);
  return breaks;
}

function breaksOf(
  bytes: Uint8Array,
  start: number,
  end: number,
  width: number,
  legible: Legible,
): readonly number[] {
  const breaks = [start];
  let room = width;
  for (const cluster of clustersOf(bytes, start, end)) {
    const cells = cellsOf(cluster, legible);
    // A character wider than the pane has a row to itself, cut, rather than none.
    if (cells > room && cluster.from > (breaks.at(-1) ?? start)) {
      breaks.push(cluster.from);
      room = width;
    }
    room -= cells;
  }
  return breaks;
}

/** The row that the cursor is seen on: where a line is broken, the one after the break. */
export function rowAt(rows: readonly TextRow[], offset: number): number {
  let low = 0;
  let high = rows.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((rows[middle]?.from ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Cells between the start of a row and an offset in it. */
export function cellAt(bytes: Uint8Array, row: TextRow, offset: number, legible: Legible): number {
  let cell = 0;
  for (const cluster of clustersOf(bytes, row.from, row.to)) {
    if (cluster.to > offset) return cell;
    cell += cellsOf(cluster, legible);
  }
  return cell;
}

/** The offset in a row that is nearest to a cell, and not behind a break that only the screen makes. */
export function offsetAt(bytes: Uint8Array, row: TextRow, cell: number, legible: Legible): number {
  const clusters = clustersOf(bytes, row.from, row.to);
  let at = 0;
  for (const cluster of clusters) {
    const cells = cellsOf(cluster, legible);
    if (at + cells > cell) return cluster.from;
    at += cells;
  }
  return row.isEnd ? row.to : (clusters.at(-1)?.from ?? row.from);
}

/** The text of one row; it holds plaintext and must not outlive the frame. */
export function drawTextRow(
  bytes: Uint8Array,
  row: TextRow,
  legible: Legible,
  selection: Selection | null = null,
): readonly Span[] {
  const { from, to } = selection ?? { from: 0, to: 0 };
  const drawn = (pieces: readonly Span[], isSelected: boolean): readonly Span[] =>
    isSelected ? pieces.map(({ text, token }) => span(text, selectedTokens[token] ?? 'selected')) : pieces;
  const clusters = clustersOf(bytes, row.from, row.to);
  const blank = row.isEnd ? clusters.findLastIndex(({ text }) => text !== ' ') + 1 : clusters.length;
  const spans: Span[] = [];
  for (const [index, cluster] of clusters.entries()) {
    const pieces = index >= blank ? [span(legible('·'), 'mark')] : piecesOf(cluster, legible);
    for (const piece of drawn(pieces, cluster.from >= from && cluster.to <= to)) {
      const last = spans.at(-1);
      if (last?.token === piece.token) spans[spans.length - 1] = span(last.text + piece.text, piece.token);
      else spans.push(piece);
    }
  }
  // Of a break of two bytes the first one is said: nobody could see it otherwise.
  const isBreakSelected = row.isEnd && from <= row.to && row.to < to;
  if (row.isEnd && bytes[row.to] === 0x0d)
    return [...spans, ...drawn([span('^M', 'quiet')], isBreakSelected)];
  // A line that is selected to its end has a cell more, so that an empty one is seen to be.
  return isBreakSelected ? [...spans, span(' ', 'selected')] : spans;
}

const selectedTokens: Readonly<Partial<Record<Token, Token>>> = { mark: 'selectedMark' };

const cellsOf = (cluster: Cluster, legible: Legible): number =>
  piecesOf(cluster, legible).reduce((sum, { text }) => sum + textWidth(text), 0);

/** As `showValueLines` shows it: what cannot be seen is marked. */
function piecesOf({ text }: Cluster, legible: Legible): readonly Span[] {
  if (isPlain(text)) return [span(legible(text))];
  const pieces: Span[] = [];
  for (const { character, hide } of inspectCharacters(text)) {
    const isMark = hide || character === '\t' || character === '\u00a0';
    const shown =
      character === '\t' ? '→' : character === '\u00a0' ? '·' : hide ? markFor(character) : character;
    const last = pieces.at(-1);
    if (last && last.token === 'plain' && !isMark) pieces[pieces.length - 1] = span(last.text + shown);
    else pieces.push(span(shown, isMark ? 'mark' : 'plain'));
  }
  return pieces.map(({ text, token }) => span(legible(text), token));
}
