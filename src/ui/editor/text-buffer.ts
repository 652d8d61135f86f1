import { isOnSelection, type Selection, selectionEdits } from './selection-edits.ts';
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
  /** Where a selection began; it goes from there to the cursor, in either direction. */
  #anchor: number | null = null;
  /** Every move selects, until something else is done. */
  #isMarking = false;
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

  /** What is selected; `null` when nothing is being selected, and empty where that just began. */
  get selection(): Selection | null {
    if (this.#anchor === null) return null;
    return { from: Math.min(this.#anchor, this.#cursor), to: Math.max(this.#anchor, this.#cursor) };
  }

  move(motion: Motion, selects = false): void {
    const taken = selects || this.#isMarking ? null : this.#taken();
    // Without selecting, one goes to the end of what was selected.
    if (taken && motion === 'left') this.moveTo(taken.from);
    else if (taken && motion === 'right') this.moveTo(taken.to);
    else this.moveTo(motions[motion](this.view(), this.#cursor), selects);
  }

  moveTo(offset: number, selects = false): void {
    if (selects || this.#isMarking) this.#anchor ??= this.#cursor;
    else this.#anchor = null;
    this.#cursor = offset;
    this.#history.close();
    this.#isCutting = false;
  }

  selectAll(): void {
    this.unselect();
    this.moveTo(0);
    this.moveTo(this.view().length, true);
  }

  /** Begins to select with every move, or ends it. */
  mark(): void {
    const isOn = this.#anchor !== null;
    this.unselect();
    if (isOn) return;
    this.#isMarking = true;
    this.#anchor = this.#cursor;
  }

  unselect(): void {
    this.#anchor = null;
    this.#isMarking = false;
  }

  /** Keeps what is selected, or the line, to be pasted: here, and in no clipboard. */
  copy(): void {
    this.#isCutting = false;
    const taken = this.#taken();
    const line = edits['cut-line'](this.view(), this.#cursor);
    if (taken) this.#keep({ ...taken, cuts: 'text' });
    else if (line) this.#keep(line);
    this.unselect();
  }

  edit(command: EditCommand): void {
    const taken = this.#taken();
    if (taken) this.#isCutting = false;
    const edit =
      taken && isOnSelection(command)
        ? selectionEdits[command](this.view(), taken)
        : edits[command](this.view(), this.#cursor);
    if (!edit) return;
    if (edit.cuts) this.#keep(edit);
    this.#apply({ ...edit, inserted: Uint8Array.from(edit.inserted) }, joining.has(command));
    this.#isCutting = edit.cuts !== undefined && !taken;
  }

  /** What a key types, in the place of what is selected. */
  type(text: string): void {
    this.#apply(this.#instead(Buffer.from(text)), true);
  }

  /** Line ends become those of the text, whatever the terminal made of them; everything else stays as it is. */
  paste(text: string): void {
    const lineBreak = lineBreakOf(this.view()).length === 2 ? '\r\n' : '\n';
    const inserted = Buffer.from(text.replace(/\r\n|\r|\n/g, lineBreak));
    if (inserted.length > 0) this.#apply(this.#instead(inserted), false);
  }

  /** Puts back what was cut last, in the place of what is selected; else lines above the cursor's, other text at it. */
  pasteCut(): void {
    if (!this.#cut) return;
    const { bytes, isLines } = this.#cut;
    const pasted = Uint8Array.from(bytes);
    const isAbove = isLines && !this.#taken();
    const { start } = lineAt(this.view(), this.#cursor);
    this.#apply(isAbove ? insertion(start, pasted) : this.#instead(pasted), false);
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
    this.unselect();
  }

  #taken(): Selection | null {
    const { selection } = this;
    return selection && selection.from < selection.to ? selection : null;
  }

  #instead(inserted: Uint8Array): TextEdit {
    const { from, to } = this.#taken() ?? { from: this.#cursor, to: this.#cursor };
    return { from, to, inserted, cursor: from + inserted.length };
  }

  #apply(edit: TextEdit, mayJoin: boolean): void {
    const removed = this.view().slice(edit.from, edit.to);
    this.#replace(edit);
    this.#history.add(edit, removed, this.#cursor, mayJoin);
    this.#cursor = edit.cursor;
    this.#isCutting = false;
    this.unselect();
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
    this.unselect();
  }

  #keep({ from, to, cuts }: Pick<TextEdit, 'from' | 'to' | 'cuts'>): void {
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
