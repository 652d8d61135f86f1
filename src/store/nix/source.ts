import type { SourcePosition } from '../../core/recipient.ts';

/**
 * One file of Nix text. `text` is a byte string: every char is one byte of the file, as Nix's own strings are bytes,
 * so offsets are byte offsets and lengths agree with Nix.
 */
export interface Source {
  /** Absolute path; `<lib>` and the like for text that is not a file. */
  readonly path: string;
  readonly text: string;
  /** Byte ranges of comments in order, end exclusive; filled by the lexer. */
  readonly comments: (readonly [start: number, end: number])[];
  /** Offsets of line starts, computed on first use. */
  lineStarts: readonly number[] | null;
  /** Positions by offset, kept: a key is named by thousands of rules and written in one place. */
  readonly positions: Map<number, SourcePosition>;
}

export const createSource = (path: string, text: string): Source => ({
  path,
  text,
  comments: [],
  lineStarts: null,
  positions: new Map(),
});

const findLineStarts = (text: string): readonly number[] => {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
};

/** From 1. */
export const lineOf = (source: Source, offset: number): number => lineIndexOf(source, offset) + 1;

function lineIndexOf(source: Source, offset: number): number {
  source.lineStarts ??= findLineStarts(source.text);
  let low = 0;
  let high = source.lineStarts.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((source.lineStarts[middle] ?? 0) <= offset) low = middle;
    else high = middle;
  }
  return low;
}

/** Line and column from 1; the column counts code points, not bytes. */
export function lineAndColumn(
  source: Source,
  offset: number,
): { readonly line: number; readonly column: number } {
  const index = lineIndexOf(source, offset);
  const lineStart = source.lineStarts?.[index] ?? 0;
  let column = 1;
  for (let at = lineStart; at < offset; at++) if ((source.text.charCodeAt(at) & 0xc0) !== 0x80) column++;
  return { line: index + 1, column };
}
