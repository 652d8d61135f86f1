/** What stands around a range of a text whose every char is a byte. */
export const lineStartOf = (text: string, offset: number): number => text.lastIndexOf('\n', offset - 1) + 1;

/** Start of the next line, or the end of the text. */
export function lineEndOf(text: string, offset: number): number {
  const newline = text.indexOf('\n', offset);
  return newline < 0 ? text.length : newline + 1;
}

export const isBlank = (text: string): boolean => text.trim() === '';

/** CRLF where the line before `offset`, or else the first, ends so. */
export function lineEndNear(text: string, offset: number): string {
  const before = text.lastIndexOf('\n', offset - 1);
  const newline = before < 0 ? text.indexOf('\n') : before;
  return newline > 0 && text.charAt(newline - 1) === '\r' ? '\r\n' : '\n';
}

/** Columns from the start of the line, a character of several bytes as one. */
export const columnAt = (text: string, offset: number): number =>
  [...text.slice(lineStartOf(text, offset), offset)].filter((byte) => (byte.charCodeAt(0) & 0xc0) !== 0x80)
    .length;

/** Start of the lines right above `lineStart` that hold nothing but comments. */
export function commentAbove(
  text: string,
  comments: readonly (readonly [number, number])[],
  lineStart: number,
): number {
  let start = lineStart;
  for (const [from, to] of comments.toReversed()) {
    if (to > start) continue;
    const adjacent = isBlank(text.slice(to, start)) && text.slice(to, start).split('\n').length === 2;
    const ownLine = lineStartOf(text, from);
    if (!adjacent || !isBlank(text.slice(ownLine, from))) break;
    start = ownLine;
  }
  return start;
}
