import { countInvisible } from '../../core/safe-text.ts';
import { isLast, lineFrom } from './text-lines.ts';
import { breaksOfLine, type Legible, type TextRow } from './text-rows.ts';

/** One line as numbers: where it begins, its end, the start of the next, and where its rows begin, from its start. */
interface LaidLine {
  readonly start: number;
  readonly end: number;
  readonly next: number;
  readonly breaks: readonly number[];
  readonly invisible: number;
}

/** Where a text was changed: the bytes from `from` to `to` gave way to `inserted` others. */
export interface Touched {
  readonly from: number;
  readonly to: number;
  readonly inserted: number;
}

/** How a text is broken into rows. After an edit only the lines that it touched are laid out again. */
export class TextLayout {
  readonly #legible: Legible;
  #width = 0;
  #lines: readonly LaidLine[] = [];

  constructor(legible: Legible) {
    this.#legible = legible;
  }

  /** @param touched what happened to it since the last time */
  update(bytes: Uint8Array, width: number, touched: readonly Touched[]): void {
    const [edit, ...more] = touched;
    const isKnown = width === this.#width && this.#lines.length > 0;
    if (isKnown && !edit) return;
    if (!isKnown || !edit || more.length > 0) {
      this.#width = width;
      this.#lines = this.#lay(bytes, 0, null);
      return;
    }
    const { from, to, inserted } = edit;
    const shift = inserted - (to - from);
    const first = this.#lineOf(from);
    const last = this.#lineOf(to);
    const start = this.#lines[first]?.start ?? 0;
    const after = this.#lines[last + 1];
    // The line behind the last one touched begins where it did, but for the shift; without one, the text ends there.
    const again = this.#lay(bytes, start, after ? after.start + shift : null);
    const kept = this.#lines.slice(last + 1).map((line) => shifted(line, shift));
    this.#lines = [...this.#lines.slice(0, first), ...again, ...kept];
  }

  get invisible(): number {
    return this.#lines.reduce((sum, { invisible }) => sum + invisible, 0);
  }

  rows(): readonly TextRow[] {
    return this.#lines.flatMap(({ start, end, breaks }, index) =>
      breaks.map((from, part) => ({
        line: index + 1,
        from: start + from,
        to: part + 1 < breaks.length ? start + (breaks[part + 1] ?? 0) : end,
        isFirst: part === 0,
        isEnd: part === breaks.length - 1,
      })),
    );
  }

  /** The lines from the one that begins at `start` to the one that ends where another begins, or to the last. */
  #lay(bytes: Uint8Array, start: number, end: number | null): readonly LaidLine[] {
    const laid: LaidLine[] = [];
    for (let at = start; ; ) {
      const line = lineFrom(bytes, at);
      const breaks = breaksOfLine(bytes, line, this.#width, this.#legible).map((from) => from - line.start);
      laid.push({ ...line, breaks, invisible: countInvisible(bytes.subarray(line.start, line.next)) });
      if (isLast(line) || (end !== null && line.next >= end)) return laid;
      at = line.next;
    }
  }

  #lineOf(offset: number): number {
    let low = 0;
    let high = this.#lines.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((this.#lines[middle]?.start ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}

const shifted = ({ start, end, next, ...rest }: LaidLine, by: number): LaidLine => ({
  ...rest,
  start: start + by,
  end: end + by,
  next: next + by,
});
