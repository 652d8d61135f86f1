import type { CellState } from '../../core/cell-state.ts';
import { unnamedReaders } from '../../core/matrix.ts';
import type { Secret } from '../../core/secret.ts';
import type { StagedToggles } from '../../core/staged-toggles.ts';
import { textWidth, truncateStart } from '../../core/text-width.ts';
import type { Pen } from '../pen.ts';
import { padEnd, type Span, span } from '../styled-text.ts';
import type { Token } from '../theme.ts';
import { signOf, signTokens, stagedSign } from './cell-signs.ts';
import { columnHead, withoutLead } from './column-name.ts';
import { type GridShape, type Slot, signCell } from './grid-layout.ts';
import { type MatrixColumn, unnamedId } from './matrix-table.ts';
import type { MatrixView } from './matrix-view.ts';
import { type Bounds, stagedAt } from './staged-cells.ts';

/** The lines above the rows: what the readers are, where there is room, and their names. */
export function headRows(
  pen: Pen,
  view: MatrixView,
  shape: GridShape,
  slots: readonly Slot[],
): readonly string[] {
  const names: Piece[] = [];
  const groups: Piece[] = [];
  for (const slot of slots) {
    const column = view.columns[slot.index];
    if (!column) continue;
    const text = columnHead(pen, column, shape.columnCells);
    if (slot.isApart) names.push(piece(slot.x - 2, pen.glyphs.vertical));
    names.push(piece(slot.x, text, slot.index === view.column ? 'selected' : 'plain'));
    const isFirst = slot.isApart || slot === slots[0];
    if (isFirst)
      groups.push(piece(slot.x, pen.end(column.group, groupRoom(view, slots, slot, shape)), 'title'));
  }
  const lines = [pen.line(spansOf(names), shape.width)];
  return shape.head > 1 ? [pen.line(spansOf(groups), shape.width), ...lines] : lines;
}

/** Cells until the next group. */
function groupRoom(view: MatrixView, slots: readonly Slot[], slot: Slot, shape: GridShape): number {
  const group = view.columns[slot.index]?.group;
  const last = slots.findLast(({ index }) => view.columns[index]?.group === group) ?? slot;
  return last.x + shape.columnCells - slot.x;
}

/** What is drawn over the cells. */
export interface GridMarks {
  readonly staged: StagedToggles;
  /** `null` where no range was begun. */
  readonly range: Bounds | null;
}

/** One secret: its name cut at the front, for the end identifies it, and the cells that are seen. */
export function gridRow(
  pen: Pen,
  view: MatrixView,
  shape: GridShape,
  slots: readonly Slot[],
  row: number,
  lead: string,
  marks: GridMarks,
): string {
  const secret = view.rows[row];
  if (!secret) return '';
  const isSelected = row === view.row;
  const line: Piece[] = [];
  const name = withoutLead(pen.show(secret.id), lead);
  line.push(piece(0, isSelected ? pen.glyphs.pointer : ' '));
  line.push(
    piece(2, truncateStart(name, shape.nameCells, pen.glyphs.ellipsis), isSelected ? 'title' : 'plain'),
  );
  for (const slot of slots) {
    const column = view.columns[slot.index];
    if (!column) continue;
    const state = view.table.cell(secret, column);
    if (slot.isApart) line.push(piece(slot.x - 2, pen.glyphs.vertical));
    const to = stagedAt(marks.staged, secret, column);
    const sign = to ? stagedSign(pen.glyphs, to) : signAt(pen, secret, column, state);
    const at = signCell(slot);
    if (isSelected && slot.index === view.column) line.push(piece(at - 1, `[${sign}]`, 'selected'));
    else if (isWithin(marks.range, row, slot.index)) line.push(piece(at, sign, 'selected'));
    else line.push(piece(at, sign, to ? 'key' : signTokens[state]));
  }
  return pen.line(spansOf(line), shape.width);
}

const isWithin = (range: Bounds | null, row: number, column: number): boolean =>
  range !== null &&
  row >= range.rows[0] &&
  row <= range.rows[1] &&
  column >= range.columns[0] &&
  column <= range.columns[1];

/** Of the unnamed how many there are. */
function signAt(pen: Pen, secret: Secret, column: MatrixColumn, state: CellState): string {
  if (column.id !== unnamedId) return signOf(pen.glyphs, state);
  const count = unnamedReaders(secret).length;
  return count === 0 ? signOf(pen.glyphs, 'none') : count > 9 ? '+' : `${count}`;
}

interface Piece {
  readonly x: number;
  readonly text: string;
  readonly token: Token;
}

const piece = (x: number, text: string, token: Token = 'plain'): Piece => ({ x, text, token });

/** Pieces at their cells, from left to right, with as few changes of style between them as there can be. */
function spansOf(pieces: readonly Piece[]): readonly Span[] {
  const spans: Span[] = [];
  let width = 0;
  let plain = '';
  for (const { x, text, token } of pieces) {
    plain += ' '.repeat(Math.max(0, x - width));
    width = Math.max(x, width) + textWidth(text);
    if (token === 'plain') {
      plain += text;
      continue;
    }
    if (plain !== '') spans.push(span(plain));
    plain = '';
    spans.push(span(text, token));
  }
  return plain === '' ? spans : [...spans, span(plain)];
}

/** The signs that are in sight and what they mean, as many as fit. */
export function legendRow(
  pen: Pen,
  states: ReadonlySet<CellState>,
  staged: StagedToggles,
  width: number,
): string {
  const { plus, minus } = pen.glyphs;
  const spans: Span[] = [span(' ')];
  let room = width - 1;
  if (staged.size > 0) {
    spans.push(span(plus, 'key'), span(' grant  ', 'quiet'), span(minus, 'key'), span(' revoke  ', 'quiet'));
    room -= 19;
  }
  for (const [state, words] of legendWords) {
    if (!states.has(state)) continue;
    const sign = signOf(pen.glyphs, state);
    room -= sign.length + words.length + 3;
    if (room < 0) break;
    spans.push(span(`${sign} `, signTokens[state]), span(padEnd(words, words.length + 2), 'quiet'));
  }
  return pen.line(spans, width);
}

/** What calls for attention after what is usual. */
const legendWords: readonly (readonly [CellState, string])[] = [
  ['proven', 'reads'],
  ['none', 'does not'],
  ['extra', 'extra'],
  ['missing', 'missing'],
  ['counted', 'by count'],
  ['undecidable', 'unknown'],
  ['unruled', 'no rule'],
  ['absent', 'no file'],
];
