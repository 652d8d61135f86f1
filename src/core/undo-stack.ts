/** One finished write: an ordinary one, one that undid another, or one that did an undone one again. */
export interface PastWrite {
  readonly journal: { readonly kind: 'write' | 'undo' | 'redo' };
}

export interface UndoStack<T> {
  /** Reversing it is the next undo. */
  readonly undo: T | null;
  /** Reversing it is the next redo. */
  readonly redo: T | null;
}

/**
 * What undo and redo mean after these writes, oldest first. Every write can be reversed, also one that reversed
 * another: undo reverses the last one that still stands, redo the last undo, and a new write ends all redoing.
 */
export function undoStack<T extends PastWrite>(writes: readonly T[]): UndoStack<T> {
  const standing: T[] = [];
  let undone: T[] = [];
  for (const write of writes) {
    if (write.journal.kind === 'undo') {
      standing.pop();
      undone.push(write);
      continue;
    }
    if (write.journal.kind === 'redo') undone.pop();
    else undone = [];
    standing.push(write);
  }
  return { undo: standing.at(-1) ?? null, redo: undone.at(-1) ?? null };
}
