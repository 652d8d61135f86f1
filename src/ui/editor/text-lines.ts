const newline = 0x0a;
const carriageReturn = 0x0d;

/** A line of a text by its bytes. A `\r` before the `\n` belongs to the break and not to the line. */
export interface TextLine {
  readonly start: number;
  /** Where its break begins; the end of the text for the last line. */
  readonly end: number;
  /** Where the next line begins; the end of the text for the last line. */
  readonly next: number;
}

export const isLast = ({ end, next }: TextLine): boolean => end === next;

/** The line that begins at `start`. */
export function lineFrom(bytes: Uint8Array, start: number): TextLine {
  const found = bytes.indexOf(newline, start);
  if (found < 0) return { start, end: bytes.length, next: bytes.length };
  const end = found > start && bytes[found - 1] === carriageReturn ? found - 1 : found;
  return { start, end, next: found + 1 };
}

/** The line that `offset` is on. */
export function lineAt(bytes: Uint8Array, offset: number): TextLine {
  return lineFrom(bytes, offset === 0 ? 0 : bytes.lastIndexOf(newline, offset - 1) + 1);
}

/** The line before the one that begins at `start`; `null` for the first. */
export const lineBefore = (bytes: Uint8Array, start: number): TextLine | null =>
  start === 0 ? null : lineAt(bytes, start - 1);

/** All lines in order: one more than there are breaks. */
export function* linesOf(bytes: Uint8Array): Generator<TextLine> {
  let line = lineFrom(bytes, 0);
  yield line;
  while (!isLast(line)) {
    line = lineFrom(bytes, line.next);
    yield line;
  }
}

export function countLines(bytes: Uint8Array): number {
  let count = 1;
  for (let at = bytes.indexOf(newline); at >= 0; at = bytes.indexOf(newline, at + 1)) count += 1;
  return count;
}

const lineFeed = Uint8Array.of(newline);
const carriageReturnLineFeed = Uint8Array.of(carriageReturn, newline);

/** How lines of this text end: as the first of them does. */
export function lineBreakOf(bytes: Uint8Array): Uint8Array {
  const { end, next } = lineFrom(bytes, 0);
  return next - end === 2 ? carriageReturnLineFeed : lineFeed;
}
