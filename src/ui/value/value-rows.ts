import { countInvisible, showValueLines } from '../../core/safe-text.ts';
import { textWidth, truncateEnd } from '../../core/text-width.ts';
import type { ValueShape } from '../state/model.ts';
import { type Span, span } from '../styled-text.ts';
import { bytesPerHexRow, hexRow } from './hex-row.ts';

/**
 * How a value's bytes become lines of the pane. Everything kept between frames is numbers (`RowPlan`); text exists
 * only inside the draw of the rows that are visible.
 */

/** One line on the screen: bytes `start` to `end` are a line of the value, and this is its `part`-th piece. */
export interface RowPlan {
  readonly start: number;
  readonly end: number;
  readonly part: number;
}

/** Nobody reads further by scrolling, and laying out megabytes would freeze the keys. Copying takes all of it. */
const drawnLimit = 256 * 1024;
/** A single line is drawn so far, in bytes. */
const lineLimit = 16 * 1024;

const newline = 0x0a;

export function measureValue(bytes: Uint8Array, width: number, isBinary: boolean): ValueShape {
  const drawn = bytes.subarray(0, drawnLimit);
  let rows = 0;
  for (const _ of planRows(drawn, width, isBinary)) rows += 1;
  const hidden = bytes.length - drawn.length + (isBinary ? 0 : cutFromLines(drawn));
  return { width, rows, hidden, invisible: isBinary ? 0 : countInvisible(drawn) };
}

/** The plans of `count` rows from row `top` on. */
export function visibleRows(
  bytes: Uint8Array,
  width: number,
  isBinary: boolean,
  top: number,
  count: number,
): RowPlan[] {
  const plans: RowPlan[] = [];
  let row = 0;
  for (const plan of planRows(bytes.subarray(0, drawnLimit), width, isBinary)) {
    if (row >= top + count) break;
    if (row >= top) plans.push(plan);
    row += 1;
  }
  return plans;
}

/** Draws one row; the result holds plaintext and must not outlive the frame. */
export function drawRow(bytes: Uint8Array, plan: RowPlan, width: number, isBinary: boolean): readonly Span[] {
  if (isBinary) return hexRow(bytes, plan.start, width);
  return wrapLine(bytes.subarray(plan.start, plan.end), width)[plan.part] ?? [];
}

function* planRows(bytes: Uint8Array, width: number, isBinary: boolean): Generator<RowPlan> {
  if (isBinary) {
    const step = bytesPerHexRow(width);
    for (let start = 0; start < bytes.length; start += step) {
      yield { start, end: Math.min(start + step, bytes.length), part: 0 };
    }
    return;
  }
  for (const { start, end } of linesOf(bytes)) {
    const shown = Math.min(end, start + lineLimit);
    const parts = partsOf(bytes.subarray(start, shown), width);
    for (let part = 0; part < parts; part += 1) yield { start, end: shown, part };
  }
}

/** Byte ranges of the lines, without their newlines; a newline at the very end opens no further line. */
function* linesOf(bytes: Uint8Array): Generator<{ readonly start: number; readonly end: number }> {
  let start = 0;
  while (start < bytes.length) {
    const found = bytes.indexOf(newline, start);
    const end = found < 0 ? bytes.length : found;
    yield { start, end };
    start = end + 1;
  }
}

function cutFromLines(bytes: Uint8Array): number {
  let cut = 0;
  for (const { start, end } of linesOf(bytes)) cut += Math.max(0, end - start - lineLimit);
  return cut;
}

/** Printable ASCII takes a cell per byte, so most lines need not be decoded to be counted. */
function partsOf(line: Uint8Array, width: number): number {
  const isPlain = line.every((byte) => byte >= 0x20 && byte < 0x7f);
  return isPlain ? Math.max(1, Math.ceil(line.length / width)) : wrapLine(line, width).length;
}

function wrapLine(line: Uint8Array, width: number): Span[][] {
  const rows: Span[][] = [[]];
  let room = width;
  for (const { text, marked } of showValueLines(line)[0] ?? []) {
    let rest = text;
    while (rest !== '') {
      // A character wider than the pane is drawn alone, rather than never.
      const fits = truncateEnd(rest, room, '') || (room === width ? ([...rest][0] ?? rest) : '');
      if (fits === '') {
        rows.push([]);
        room = width;
        continue;
      }
      rows.at(-1)?.push(span(fits, marked ? 'mark' : 'plain'));
      rest = rest.slice(fits.length);
      room = Math.max(0, room - textWidth(fits));
      if (room === 0 && rest !== '') {
        rows.push([]);
        room = width;
      }
    }
  }
  return rows.length > 1 && rows.at(-1)?.length === 0 ? rows.slice(0, -1) : rows;
}
