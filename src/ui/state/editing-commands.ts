import type { CommandId } from '../keys/bindings.ts';
import { editDraft } from './editing.ts';
import type { Model } from './model.ts';
import type { ModelStep } from './step.ts';

/** The commands whose whole work is on the text that is being edited. */
export const editingCommands: Readonly<
  Record<Extract<CommandId, `edit-${string}`>, (model: Model) => ModelStep>
> = {
  'edit-undo': editDraft('undo'),
  'edit-redo': editDraft('redo'),
  'edit-left': editDraft('left'),
  'edit-right': editDraft('right'),
  'edit-up': editDraft('up'),
  'edit-down': editDraft('down'),
  'edit-word-left': editDraft('word-left'),
  'edit-word-right': editDraft('word-right'),
  'edit-line-start': editDraft('line-start'),
  'edit-line-end': editDraft('line-end'),
  'edit-text-start': editDraft('text-start'),
  'edit-text-end': editDraft('text-end'),
  'edit-page-up': editDraft('page-up'),
  'edit-page-down': editDraft('page-down'),
  'edit-mark': editDraft('mark'),
  'edit-copy': editDraft('copy'),
  'edit-select-all': editDraft('select-all'),
  'edit-select-left': editDraft('select-left'),
  'edit-select-right': editDraft('select-right'),
  'edit-select-up': editDraft('select-up'),
  'edit-select-down': editDraft('select-down'),
  'edit-select-word-left': editDraft('select-word-left'),
  'edit-select-word-right': editDraft('select-word-right'),
  'edit-select-line-start': editDraft('select-line-start'),
  'edit-select-line-end': editDraft('select-line-end'),
  'edit-select-text-start': editDraft('select-text-start'),
  'edit-select-text-end': editDraft('select-text-end'),
  'edit-select-page-up': editDraft('select-page-up'),
  'edit-select-page-down': editDraft('select-page-down'),
  'edit-new-line': editDraft('new-line'),
  'edit-tab': editDraft('tab'),
  'edit-erase-left': editDraft('erase-left'),
  'edit-erase-right': editDraft('erase-right'),
  'edit-erase-word-left': editDraft('erase-word-left'),
  'edit-erase-word-right': editDraft('erase-word-right'),
  'edit-cut-to-end': editDraft('cut-to-end'),
  'edit-cut-line': editDraft('cut-line'),
  'edit-paste-cut': editDraft('paste-cut'),
  'edit-duplicate-line': editDraft('duplicate-line'),
  'edit-line-up': editDraft('line-up'),
  'edit-line-down': editDraft('line-down'),
  'edit-toggle-final-newline': editDraft('toggle-final-newline'),
};
