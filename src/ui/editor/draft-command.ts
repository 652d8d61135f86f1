import type { EditCommand } from './text-edits.ts';
import type { Motion } from './text-motions.ts';

/** Motions by what is seen. */
export type RowMotion = 'up' | 'down' | 'page-up' | 'page-down';

/** Everything that a key can do with the text that is being edited, beside typing. */
export type DraftCommand =
  | EditCommand
  | Motion
  | RowMotion
  | `select-${Motion | RowMotion}`
  | 'select-all'
  /** Every move selects from here on. */
  | 'mark'
  | 'unselect'
  | 'copy'
  | 'paste-cut'
  | 'undo'
  | 'redo'
  | 'toggle-final-newline'
  /** Nothing: the window changed, and the cursor has to be found again. */
  | 'stay';
