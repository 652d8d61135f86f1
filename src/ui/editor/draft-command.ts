import type { EditCommand } from './text-edits.ts';
import type { Motion } from './text-motions.ts';

/** Everything that a key can do with the text that is being edited, beside typing. */
export type DraftCommand =
  | EditCommand
  | Motion
  | 'up'
  | 'down'
  | 'page-up'
  | 'page-down'
  | 'paste-cut'
  | 'undo'
  | 'redo'
  | 'toggle-final-newline'
  /** Nothing: the window changed, and the cursor has to be found again. */
  | 'stay';
