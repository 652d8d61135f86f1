import type { DraftCommand } from './draft-command.ts';
import { TextBuffer } from './text-buffer.ts';
import { edits } from './text-edits.ts';
import { TextLayout } from './text-layout.ts';
import { lineBreakOf, linesOf } from './text-lines.ts';
import { motions } from './text-motions.ts';
import { cellAt, type Legible, offsetAt, rowAt, type TextRow } from './text-rows.ts';

const newline = 0x0a;
const carriageReturn = 0x0d;
const none = new Uint8Array();

/** Rows are as wide as this says, and a page as high. */
export interface Page {
  readonly width: number;
  readonly height: number;
}

/** A text as it was, and as it is now. The newline at its very end is no line to be edited: it is there or not. */
export class DraftText {
  readonly buffer: TextBuffer;
  readonly #original: Uint8Array;
  #finalBreak: Uint8Array;
  #hasFinalBreak: boolean;
  /** The cell that moving up and down keeps to. */
  #cell: number | null = null;

  readonly #legible: Legible;
  readonly #layout: TextLayout;

  /** @param bytes UTF-8; copied */
  constructor(bytes: Uint8Array, legible: Legible) {
    this.#legible = legible;
    this.#layout = new TextLayout(legible);
    this.#original = Uint8Array.from(bytes);
    const { text, finalBreak } = splitFinalBreak(bytes);
    this.#hasFinalBreak = finalBreak.length > 0;
    // Not `slice`, which of a Buffer is no copy: these bytes are only lent.
    this.#finalBreak = this.#hasFinalBreak ? Uint8Array.from(finalBreak) : lineBreakOf(bytes);
    this.buffer = new TextBuffer(text);
  }

  get hasFinalBreak(): boolean {
    return this.#hasFinalBreak;
  }

  get isChanged(): boolean {
    const text = this.buffer.view();
    const { length } = text;
    const end = this.#hasFinalBreak ? this.#finalBreak : none;
    return (
      Buffer.compare(text, this.#original.subarray(0, length)) !== 0 ||
      Buffer.compare(end, this.#original.subarray(length)) !== 0
    );
  }

  /** Characters that nobody can see; call `rows` first. */
  get invisible(): number {
    return this.#layout.invisible;
  }

  /** Its rows in so many cells. */
  rows(width: number): readonly TextRow[] {
    this.#layout.update(this.buffer.view(), width, this.buffer.takeTouched());
    return this.#layout.rows();
  }

  /** A copy of what it amounts to, owned by the caller. */
  take(): Uint8Array {
    const text = this.buffer.view();
    const end = this.#hasFinalBreak ? this.#finalBreak : none;
    const whole = new Uint8Array(text.length + end.length);
    whole.set(text);
    whole.set(end, text.length);
    return whole;
  }

  type(text: string): void {
    this.#cell = null;
    this.buffer.type(text);
  }

  paste(text: string): void {
    this.#cell = null;
    this.buffer.paste(text);
  }

  /** Another text in its place, in one step. Its cursor is where the two begin to differ. */
  replace(bytes: Uint8Array): void {
    this.#cell = null;
    const { text, finalBreak } = splitFinalBreak(bytes);
    this.#hasFinalBreak = finalBreak.length > 0;
    if (this.#hasFinalBreak) this.#finalBreak = Uint8Array.from(finalBreak);
    this.buffer.replaceAll(text);
  }

  /** To a place in it; both count from 1, columns by characters. */
  goTo(line: number, column: number): void {
    this.#cell = null;
    this.buffer.unselect();
    const bytes = this.buffer.view();
    const place = [...linesOf(bytes)][line - 1];
    const { start, end } = place ?? { start: bytes.length, end: bytes.length };
    const before = [...Buffer.from(bytes.subarray(start, end)).toString()].slice(0, column - 1);
    this.buffer.moveTo(start + Buffer.byteLength(before.join('')));
  }

  run(command: DraftCommand, { width, height }: Page): void {
    const page = Math.max(1, height - 1);
    const by = { up: -1, down: 1, 'page-up': -page, 'page-down': page };
    const selects = command.startsWith('select-');
    const motion = selects ? command.slice('select-'.length) : command;
    if (isAmong(by, motion)) {
      this.#moveRows(by[motion], width, selects);
      return;
    }
    this.#cell = null;
    if (isAmong(motions, motion)) this.buffer.move(motion, selects);
    else if (command === 'select-all') this.buffer.selectAll();
    else if (command === 'mark') this.buffer.mark();
    else if (command === 'unselect') this.buffer.unselect();
    else if (command === 'copy') this.buffer.copy();
    else if (isAmong(edits, command)) this.buffer.edit(command);
    else if (command === 'paste-cut') this.buffer.pasteCut();
    else if (command === 'undo') this.buffer.undo();
    else if (command === 'redo') this.buffer.redo();
    else if (command === 'toggle-final-newline') this.#hasFinalBreak = !this.#hasFinalBreak;
  }

  wipe(): void {
    this.buffer.wipe();
    this.#original.fill(0);
  }

  /** Up and down go by what is seen; beyond the first or the last row, to the end of it. */
  #moveRows(by: number, width: number, selects: boolean): void {
    const bytes = this.buffer.view();
    const rows = this.rows(width);
    const at = rowAt(rows, this.buffer.cursor);
    const wanted = Math.max(0, Math.min(at + by, rows.length - 1));
    const [row, target] = [rows[at], rows[wanted]];
    if (!row || !target) return;
    const cell = this.#cell ?? cellAt(bytes, row, this.buffer.cursor, this.#legible);
    const end = by < 0 ? 0 : bytes.length;
    this.buffer.moveTo(wanted === at ? end : offsetAt(bytes, target, cell, this.#legible), selects);
    this.#cell = cell;
  }
}

/** Views of the same bytes. */
function splitFinalBreak(bytes: Uint8Array): { readonly text: Uint8Array; readonly finalBreak: Uint8Array } {
  const length = bytes.at(-1) !== newline ? 0 : bytes.at(-2) === carriageReturn ? 2 : 1;
  const end = bytes.length - length;
  return { text: bytes.subarray(0, end), finalBreak: bytes.subarray(end) };
}

const isAmong = <T extends object>(table: T, name: PropertyKey): name is keyof T => name in table;
