import { type EditCommand, edits, insertion, type TextEdit } from './text-edits.ts';
import { TextHistory } from './text-history.ts';
import type { Touched } from './text-layout.ts';
import { lineAt, lineBreakOf } from './text-lines.ts';
import { type Motion, motions } from './text-motions.ts';
import { TextStorage } from './text-storage.ts';

/** Letters that are typed or erased one by one go together in one step of undo. */
const joining: ReadonlySet<EditCommand> = new Set(['tab', 'erase-left', 'erase-right']);

/** A text with a cursor and a past, in bytes that `wipe` overwrites. Its offsets count bytes. */
export class TextBuffer {
  readonly #storage = new TextStorage();
  readonly #history = new TextHistory();
  #cursor = 0;
  #cut: { readonly bytes: Uint8Array; readonly isLines: boolean } | null = null;
  #touched: Touched[] = [];
  /** The cut before was the last thing that happened: the next one goes together with it. */
  #isCutting = false;

  /** @param text UTF-8; copied */
  constructor(text: Uint8Array) {
    this.#storage.replace(0, 0, text);
  }

  /** Valid until the next change; not to be kept. */
  view(): Uint8Array {
    return this.#storage.view();
  }

  get cursor(): number {
    return this.#cursor;
  }

  /** Where it was changed since this was last asked. */
  takeTouched(): readonly Touched[] {
    const touched = this.#touched;
    this.#touched = [];
    return touched;
  }

  move(motion: Motion): void {
    this.moveTo(motions[motion](this.view(), this.#cursor));
  }

  moveTo(offset: number): void {
    this.#cursor = offset;
    this.#history.close();
    this.#isCutting = false;
  }

  edit(command: EditCommand): void {
    const edit = edits[command](this.view(), this.#cursor);
    if (!edit) return;
    if (edit.cuts) this.#keep(edit);
    this.#apply({ ...edit, inserted: Uint8Array.from(edit.inserted) }, joining.has(command));
    this.#isCutting = edit.cuts !== undefined;
  }

  /** What a key types. */
  type(text: string): void {
    this.#apply(insertion(this.#cursor, Buffer.from(text)), true);
  }

  /** Line ends become those of the text, whatever the terminal made of them; everything else stays as it is. */
  paste(text: string): void {
    const lineBreak = lineBreakOf(this.view()).length === 2 ? '\r\n' : '\n';
    const inserted = Buffer.from(text.replace(/\r\n|\r|\n/g, lineBreak));
    if (inserted.length > 0) this.#apply(insertion(this.#cursor, inserted), false);
  }

  /** Puts back what was cut last: lines above the cursor's, other text at the cursor. */
  pasteCut(): void {
    if (!this.#cut) return;
    const { bytes, isLines } = this.#cut;
    const at = isLines ? lineAt(this.view(), this.#cursor).start : this.#cursor;
    this.#apply(insertion(at, Uint8Array.from(bytes)), false);
  }

  /** Another text, with the cursor at the start of the line where they begin to differ. */
  replaceAll(text: Uint8Array): void {
    const old = this.view();
    if (Buffer.compare(old, text) === 0) return;
    let same = 0;
    while (same < text.length && text[same] === old[same]) same += 1;
    const { start } = lineAt(text, same);
    this.#apply({ from: 0, to: old.length, inserted: Uint8Array.from(text), cursor: start }, false);
  }

  undo(): void {
    this.#restore(this.#history.undo());
  }

  redo(): void {
    this.#restore(this.#history.redo());
  }

  wipe(): void {
    this.#storage.wipe();
    this.#history.wipe();
    this.#cut?.bytes.fill(0);
    this.#cut = null;
    this.#cursor = 0;
  }

  #apply(edit: TextEdit, mayJoin: boolean): void {
    const removed = this.view().slice(edit.from, edit.to);
    this.#replace(edit);
    this.#history.add(edit, removed, this.#cursor, mayJoin);
    this.#cursor = edit.cursor;
    this.#isCutting = false;
  }

  #replace({ from, to, inserted }: TextEdit): void {
    this.#storage.replace(from, to, inserted);
    this.#touched.push({ from, to, inserted: inserted.length });
  }

  #restore(edit: TextEdit | null): void {
    if (!edit) return;
    this.#replace(edit);
    this.#cursor = edit.cursor;
    this.#isCutting = false;
  }

  #keep({ from, to, cuts }: TextEdit): void {
    const bytes = this.view();
    const isLines = cuts === 'lines';
    const isWhole = !isLines || bytes[to - 1] === 0x0a;
    const end = isWhole ? new Uint8Array() : lineBreakOf(bytes);
    const before = this.#isCutting && this.#cut?.isLines === isLines ? this.#cut.bytes : new Uint8Array();
    const kept = Uint8Array.from([...before, ...bytes.subarray(from, to), ...end]);
    this.#cut?.bytes.fill(0);
    this.#cut = { bytes: kept, isLines };
  }
}
