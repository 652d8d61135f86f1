/** One `name = value` of a flat format as it is written. Offsets are into the text, ends exclusive. */
export interface Assignment {
  readonly name: string;
  /** The value as it is meant: unquoted, unescaped. */
  readonly text: string;
  /** Which header it stands under; 0 before the first. Always 0 in formats without sections. */
  readonly section: number;
  /** Start of its line, and of the line after it. */
  readonly start: number;
  readonly end: number;
  readonly nameStart: number;
  readonly nameEnd: number;
  /** The value with its quotes, without blanks or a comment around it. */
  readonly valueStart: number;
  readonly valueEnd: number;
}

/** A `[name]` line. Section 0, before the first of them, has no header. */
export interface SectionHeader {
  readonly name: string;
  /** Start of the line after it. */
  readonly end: number;
}

export interface Assignments {
  readonly assignments: readonly Assignment[];
  readonly headers: readonly SectionHeader[];
}

/** Where a text stops being what its format allows. `says` never quotes the text. */
export interface Fault {
  readonly at: number;
  readonly says: string;
}

export type Scan = Assignments | { readonly fault: Fault };

/** A line of a text without its line end, and where it stands. */
export interface Line {
  readonly text: string;
  readonly start: number;
  /** Start of the next line. */
  readonly end: number;
}

export function* linesOf(text: string): Generator<Line> {
  for (let start = 0; start < text.length; ) {
    const newline = text.indexOf('\n', start);
    const end = newline < 0 ? text.length : newline + 1;
    yield { text: text.slice(start, newline < 0 ? end : newline), start, end };
    start = end;
  }
}

/** The range of `text` from `start` on without the blanks around it. */
export function trimmed(text: string, start: number): { readonly start: number; readonly end: number } {
  const from = start + text.length - text.trimStart().length;
  return { start: from, end: from + text.trim().length };
}
