import { textWidth, truncateEnd, truncateStart } from '../core/text-width.ts';
import type { Theme, Token } from './theme.ts';

/** A piece of a line and what it means. The text is safe to print already: it went through `show()` or is ours. */
export interface Span {
  readonly text: string;
  readonly token: Token;
}

export const span = (text: string, token: Token = 'plain'): Span => ({ text, token });

export const paintSpans = (theme: Theme, spans: readonly Span[]): string =>
  spans.map(({ text, token }) => theme.paint(token, text)).join('');

export const spansWidth = (spans: readonly Span[]): number =>
  spans.reduce((sum, { text }) => sum + textWidth(text), 0);

/** Cuts at the end so that the spans fill at most `cells`. */
export function fitSpans(spans: readonly Span[], cells: number, ellipsis: string): readonly Span[] {
  if (spansWidth(spans) <= cells) return spans;
  const fitted: Span[] = [];
  let room = cells - textWidth(ellipsis);
  for (const { text, token } of spans) {
    const width = textWidth(text);
    const kept = width <= room ? text : truncateEnd(text, Math.max(room, 0), '');
    if (kept !== '') fitted.push({ text: kept, token });
    room -= width;
    if (room < 0) break;
  }
  if (cells >= textWidth(ellipsis)) fitted.push(span(ellipsis));
  return fitted;
}

/** `text` with spaces behind it up to `cells`; never cut. */
export const padEnd = (text: string, cells: number): string =>
  text + ' '.repeat(Math.max(0, cells - textWidth(text)));

export const padStart = (text: string, cells: number): string =>
  ' '.repeat(Math.max(0, cells - textWidth(text))) + text;

/** Left and right end of a line, with the room between them; the left gives way when there is not enough. */
export function spread(
  left: readonly Span[],
  right: readonly Span[],
  cells: number,
  ellipsis: string,
): Span[] {
  const end = fitSpans(right, cells, ellipsis);
  const room = cells - spansWidth(end);
  const start = fitSpans(left, Math.max(0, room - (end.length > 0 ? 1 : 0)), ellipsis);
  return [...start, span(' '.repeat(Math.max(0, room - spansWidth(start)))), ...end];
}

type Range = readonly [start: number, end: number];

/** A path with the hits of a search in it, cut at the front where it is too long: its end identifies it. */
export function markRanges(text: string, ranges: readonly Range[], cells: number, ellipsis: string): Span[] {
  const shown = truncateStart(text, cells, ellipsis);
  const isCut = shown !== text;
  if (shown === '') return [];
  const lead = isCut ? ellipsis : '';
  const dropped = isCut ? text.length - (shown.length - lead.length) : 0;
  const spans: Span[] = lead === '' ? [] : [span(lead)];
  let at = dropped;
  for (const [start, end] of ranges) {
    const from = Math.max(start, at);
    if (end <= from) continue;
    if (from > at) spans.push(span(text.slice(at, from)));
    spans.push(span(text.slice(from, end), 'match'));
    at = end;
  }
  if (at < text.length) spans.push(span(text.slice(at)));
  return spans;
}

/** Breaks at spaces where it can, and within a word that is longer than a line. */
export function wrapText(text: string, cells: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    let rest = word;
    if (line !== '' && textWidth(line) + 1 + textWidth(rest) <= cells) {
      line += ` ${rest}`;
      continue;
    }
    if (line !== '') lines.push(line);
    while (textWidth(rest) > cells) {
      const head = truncateEnd(rest, cells, '');
      if (head === '') break;
      lines.push(head);
      rest = rest.slice(head.length);
    }
    line = rest;
  }
  return line === '' ? lines : [...lines, line];
}
