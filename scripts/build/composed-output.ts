import { oneCellEach } from './one-cell.ts';

interface Clip {
  readonly x1?: number | undefined;
  readonly x2?: number | undefined;
  readonly y1?: number | undefined;
  readonly y2?: number | undefined;
}

/** Adds styles to one line of a text; given the line's number in it. */
type Transformer = (line: string, index: number) => string;

interface Write {
  readonly x: number;
  readonly y: number;
  readonly text: string;
  readonly options: { readonly transformers: readonly Transformer[] };
}

/** What Ink's renderer asks of its `Output`: rectangles of text in, one text for the terminal out. */
export interface Output {
  write(x: number, y: number, text: string, options: Write['options']): void;
  clip(clip: Clip): void;
  unclip(): void;
  get(): { output: string; height: number };
}

interface Size {
  readonly width: number;
  readonly height: number;
}

interface Piece {
  readonly x: number;
  readonly width: number;
  readonly text: string;
}

/**
 * Stands in for Ink's `Output` in the bundle. That one makes an object of every cell of the screen for every frame,
 * cuts every text into styled characters three times, and joins all again: half the time of a frame, and a megabyte.
 * Here lines that lie side by side are put side by side. Whatever else there is (text over text, wide or joined
 * characters, a clip that cuts a line, styles that run on) makes the real one draw the whole frame.
 */
export function composedOutput(Real: new (size: Size) => Output): new (size: Size) => Output {
  return class implements Output {
    readonly #size: Size;
    readonly #replay: ((output: Output) => void)[] = [];
    readonly #clips: Clip[] = [];
    /** The pieces of each row; `null` once something came that is not simple. */
    #rows: Piece[][] | null;

    constructor(size: Size) {
      this.#size = size;
      this.#rows = Array.from({ length: size.height }, () => []);
    }

    write(x: number, y: number, text: string, options: Write['options']): void {
      this.#replay.push((output) => output.write(x, y, text, options));
      if (this.#rows !== null && !place(this.#rows, { x, y, text, options }, this.#clips)) this.#rows = null;
    }

    clip(clip: Clip): void {
      this.#replay.push((output) => output.clip(clip));
      this.#clips.push(clip);
    }

    unclip(): void {
      this.#replay.push((output) => output.unclip());
      this.#clips.pop();
    }

    get(): { output: string; height: number } {
      const lines = this.#rows && allOf(this.#rows.map(compose));
      if (lines) return { output: lines.join('\n'), height: this.#size.height };
      const real = new Real(this.#size);
      for (const again of this.#replay) again(real);
      return real.get();
    }
  };
}

/** Enters each line of a text into its row; false when the real `Output` has to draw it. */
function place(rows: Piece[][], { x, y, text, options }: Write, clips: readonly Clip[]): boolean {
  if (x < 0) return false;
  let row = y - 1;
  for (const [index, given] of text.split('\n').entries()) {
    row += 1;
    // Of a style that runs on Ink would give the transformers the next line with it.
    const before = plainWidth(given);
    if (before === null) return false;
    const line = options.transformers.reduce((styled, transform) => transform(styled, index), given);
    const width = line === given ? before : plainWidth(line);
    if (width === null) return false;
    const pieces = rows[row];
    if (width === 0 || pieces === undefined) continue;
    let visible = true;
    for (const { x1 = x, x2 = x + width, y1 = row, y2 = row + 1 } of clips) {
      if (row < y1 || row >= y2 || x2 <= x1 || y2 <= y1) visible = false;
      else if (x < x1 || x + width > x2) return false;
    }
    if (visible) pieces.push({ x, width, text: line });
  }
  return true;
}

/** One row; `null` where two pieces overlap. */
function compose(pieces: Piece[]): string | null {
  let line = '';
  let column = 0;
  for (const { x, width, text } of pieces.sort((a, b) => a.x - b.x)) {
    if (x < column) return null;
    line += ' '.repeat(x - column) + text;
    column = x + width;
  }
  return line.trimEnd();
}

function allOf(lines: readonly (string | null)[]): readonly string[] | null {
  return lines.every((line) => line !== null) ? lines : null;
}

const style = /\u001B\[([0-9;]*)m/g;

/** Cells of a line of simple text whose styles all end with it; `null` for any other. */
function plainWidth(line: string): number | null {
  if (!line.includes('\u001B')) return oneCellEach.test(line) ? line.length : null;
  const plain = line.replace(style, '');
  if (!oneCellEach.test(plain)) return null;
  let open = 0;
  for (const [, code = ''] of line.matchAll(style)) {
    const bit = bitOf(code);
    if (bit === null) return null;
    open = bit > 0 ? open | bit : open & bit;
  }
  return open === 0 ? plain.length : null;
}

/** The style a code turns on as one bit, or the mask of those it leaves on; `null` for a code that is not known. */
function bitOf(code: string): number | null {
  if (/^[34]8;(?:5;\d+|2;\d+;\d+;\d+)$/.test(code)) return code.startsWith('3') ? 32 : 64;
  if (/^(?:3|9)[0-7]$/.test(code)) return 32;
  if (/^(?:4|10)[0-7]$/.test(code)) return 64;
  return bits.get(code) ?? null;
}

/** Dim and bold end together (ECMA-48, 8.3.117). */
const bits: ReadonlyMap<string, number> = new Map([
  ['1', 1],
  ['2', 1],
  ['3', 2],
  ['4', 4],
  ['7', 8],
  ['9', 16],
  ['22', ~1],
  ['23', ~2],
  ['24', ~4],
  ['27', ~8],
  ['29', ~16],
  ['39', ~32],
  ['49', ~64],
  ['0', 0],
  ['', 0],
]);
