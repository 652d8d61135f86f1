import stringWidth from 'string-width';
import { graphemes } from './graphemes.ts';

/**
 * Cells that text takes in a terminal, and cutting by cells. For text that went through `show()`: no escapes.
 * Agrees with the string-width that Ink lays out with; anything else would tear borders.
 *
 * The fast path covers sets in which every UTF-16 unit is one cell and no unit joins its neighbours: printable
 * ASCII and Latin-1, Latin Extended, Greek and Cyrillic letters, arrows, box drawing and our own signs. The slow
 * path costs a segmenter and, once, the compilation of the emoji expression (15–20 ms).
 */
const oneCellEach =
  /^[\x20-\x7e\xa1-\xac\xae-\xff\u0100-\u02af\u0391-\u03a1\u03a3-\u03ff\u0400-\u0482\u048a-\u052f\u2010-\u2015\u2018-\u201f\u2022\u2026\u2190-\u2193\u2212\u23ce\u2205\u2500-\u25a1\u25cb\u25cf\u2713]*$/;

export function textWidth(text: string): number {
  return oneCellEach.test(text) ? text.length : stringWidth(text);
}

/** At most `cells` wide; what does not fit is cut at the end and replaced by `ellipsis`. */
export function truncateEnd(text: string, cells: number, ellipsis = '…'): string {
  if (textWidth(text) <= cells) return text;
  const room = cells - textWidth(ellipsis);
  return room < 0 ? '' : headOf(text, room) + ellipsis;
}

/** At most `cells` wide, keeping the end: for paths, which their end identifies. */
export function truncateStart(text: string, cells: number, ellipsis = '…'): string {
  if (textWidth(text) <= cells) return text;
  const room = cells - textWidth(ellipsis);
  return room < 0 ? '' : ellipsis + tailOf(text, room);
}

/** At most `cells` wide, keeping both ends, the later one being the longer where they differ. */
export function truncateMiddle(text: string, cells: number, ellipsis = '…'): string {
  if (textWidth(text) <= cells) return text;
  const room = cells - textWidth(ellipsis);
  if (room < 0) return '';
  const head = headOf(text, Math.floor(room / 2));
  return head + ellipsis + tailOf(text, room - textWidth(head));
}

function headOf(text: string, cells: number): string {
  if (oneCellEach.test(text)) return text.slice(0, cells);
  let head = '';
  let left = cells;
  for (const { segment } of graphemes(text)) {
    left -= textWidth(segment);
    if (left < 0) break;
    head += segment;
  }
  return head;
}

function tailOf(text: string, cells: number): string {
  if (oneCellEach.test(text)) return cells === 0 ? '' : text.slice(-cells);
  let start = text.length;
  let left = cells;
  for (const { segment } of [...graphemes(text)].reverse()) {
    left -= textWidth(segment);
    if (left < 0) break;
    start -= segment.length;
  }
  return text.slice(start);
}
