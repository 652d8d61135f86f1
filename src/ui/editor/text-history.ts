import type { TextEdit } from './text-edits.ts';

/** What was done, and what it takes to go back. */
interface Change {
  readonly from: number;
  readonly removed: Uint8Array;
  readonly inserted: Uint8Array;
  readonly before: number;
  readonly after: number;
}

const newline = 0x0a;

/**
 * The changes of a text, to be taken back and done again. Letters typed one after the other are one change, and so
 * are letters erased one after the other, until the cursor moves or a line ends.
 */
export class TextHistory {
  #done: Change[] = [];
  #undone: Change[] = [];
  #isOpen = false;

  /** Takes the bytes over. `mayJoin` when it is a letter typed or erased. */
  add({ from, cursor, inserted }: TextEdit, removed: Uint8Array, before: number, mayJoin: boolean): void {
    wipeAll(this.#undone);
    this.#undone = [];
    const change: Change = { from, removed, inserted, before, after: cursor };
    const last = this.#isOpen && mayJoin ? this.#done.at(-1) : undefined;
    const together = last && join(last, change);
    if (last && together) {
      this.#done[this.#done.length - 1] = together;
      wipeAll([last, change]);
    } else this.#done.push(change);
    this.#isOpen = mayJoin && !inserted.includes(newline) && !removed.includes(newline);
  }

  /** What comes next does not go together with what came before. */
  close(): void {
    this.#isOpen = false;
  }

  /** The edit that takes the last change back; `null` without one. */
  undo(): TextEdit | null {
    const change = this.#done.pop();
    if (!change) return null;
    this.#undone.push(change);
    this.close();
    const { from, removed, inserted, before } = change;
    return { from, to: from + inserted.length, inserted: removed, cursor: before };
  }

  redo(): TextEdit | null {
    const change = this.#undone.pop();
    if (!change) return null;
    this.#done.push(change);
    this.close();
    const { from, removed, inserted, after } = change;
    return { from, to: from + removed.length, inserted, cursor: after };
  }

  wipe(): void {
    wipeAll([...this.#done, ...this.#undone]);
    this.#done = [];
    this.#undone = [];
    this.close();
  }
}

function join(last: Change, next: Change): Change | null {
  const places = { from: Math.min(last.from, next.from), before: last.before, after: next.after };
  // Letters typed over what was selected: the first of them took it away.
  if (last.inserted.length > 0 && next.removed.length === 0 && next.from === last.after) {
    const inserted = Buffer.concat([last.inserted, next.inserted]);
    return { ...places, removed: Uint8Array.from(last.removed), inserted };
  }
  if (next.inserted.length > 0 || last.inserted.length > 0) return null;
  if (next.from + next.removed.length === last.from) {
    return { ...places, removed: Buffer.concat([next.removed, last.removed]), inserted: new Uint8Array() };
  }
  return next.from === last.from
    ? { ...places, removed: Buffer.concat([last.removed, next.removed]), inserted: new Uint8Array() }
    : null;
}

function wipeAll(changes: readonly Change[]): void {
  for (const { removed, inserted } of changes) {
    removed.fill(0);
    inserted.fill(0);
  }
}
