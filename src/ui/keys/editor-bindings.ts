import type { Binding, Context } from './binding.ts';
import { selectionBindings } from './selection-bindings.ts';

const contexts: readonly Context[] = ['editor'];
const here = { contexts, group: 'editor' } as const;
const asked = { contexts: ['question'] as readonly Context[], group: 'question' } as const;

/** Keys of the inline editor and of its questions. Ink knows no F-keys; Ctrl-S and Ctrl-Q reach a raw terminal. */
export const editorBindings = [
  { ...here, command: 'save', keys: ['ctrl-s'], title: 'save and leave', bar: { word: 'save', order: 1 } },
  {
    ...here,
    command: 'leave',
    keys: ['esc'],
    title: 'end the selection, or leave; asks when something is not saved',
    bar: { word: 'leave', order: 2 },
  },
  {
    ...here,
    command: 'rework',
    keys: ['ctrl-e'],
    title: 'go on with the text in $VISUAL or $EDITOR, and come back with it',
    bar: { word: '$EDITOR', order: 3 },
  },
  { ...here, command: 'edit-undo', keys: ['ctrl-u'], title: 'undo an edit', bar: { word: 'undo', order: 4 } },
  { ...here, command: 'edit-redo', keys: ['ctrl-r'], title: 'redo an edit', bar: { word: 'redo', order: 5 } },
  { ...here, command: 'edit-left', keys: ['left', 'ctrl-b'], title: 'a character to the left' },
  { ...here, command: 'edit-right', keys: ['right', 'ctrl-f'], title: 'a character to the right' },
  { ...here, command: 'edit-up', keys: ['up', 'ctrl-p'], title: 'a row up' },
  { ...here, command: 'edit-down', keys: ['down', 'ctrl-n'], title: 'a row down' },
  {
    ...here,
    command: 'edit-word-left',
    keys: ['ctrl-left', 'alt-left', 'alt-b'],
    title: 'a word to the left',
  },
  {
    ...here,
    command: 'edit-word-right',
    keys: ['ctrl-right', 'alt-right', 'alt-f'],
    title: 'a word to the right',
  },
  { ...here, command: 'edit-line-start', keys: ['home', 'ctrl-a'], title: 'start of the line' },
  { ...here, command: 'edit-line-end', keys: ['end'], title: 'end of the line' },
  { ...here, command: 'edit-text-start', keys: ['ctrl-home', 'alt-<'], title: 'start of the text' },
  { ...here, command: 'edit-text-end', keys: ['ctrl-end', 'alt->'], title: 'end of the text' },
  { ...here, command: 'edit-page-up', keys: ['pageup'], title: 'a page up' },
  { ...here, command: 'edit-page-down', keys: ['pagedown'], title: 'a page down' },
  { ...here, command: 'edit-new-line', keys: ['enter'], title: 'a new line, ended as the others are' },
  { ...here, command: 'edit-tab', keys: ['tab'], title: 'a tab' },
  { ...here, command: 'edit-erase-left', keys: ['backspace'], title: 'erase to the left' },
  { ...here, command: 'edit-erase-right', keys: ['delete'], title: 'erase to the right' },
  {
    ...here,
    command: 'edit-erase-word-left',
    keys: ['ctrl-w', 'alt-backspace'],
    title: 'erase a word to the left',
  },
  {
    ...here,
    command: 'edit-erase-word-right',
    keys: ['alt-d', 'ctrl-delete'],
    title: 'erase a word to the right',
  },
  { ...here, command: 'edit-cut-to-end', keys: ['ctrl-k'], title: 'cut to the end of the line' },
  {
    ...here,
    command: 'edit-cut-line',
    keys: ['ctrl-x'],
    title: 'cut what is selected, or the line',
    bar: { word: 'cut line', order: 6 },
  },
  {
    ...here,
    command: 'edit-paste-cut',
    keys: ['ctrl-y'],
    title: 'paste what was cut or copied; it is in no clipboard',
    bar: { word: 'paste it', order: 7 },
  },
  {
    ...here,
    command: 'edit-copy',
    keys: ['alt-w'],
    title: 'copy what is selected, or the line, to be pasted',
  },
  ...selectionBindings,
  { ...here, command: 'edit-duplicate-line', keys: ['ctrl-d'], title: 'duplicate the line' },
  { ...here, command: 'edit-line-up', keys: ['alt-up'], title: 'move the line up' },
  { ...here, command: 'edit-line-down', keys: ['alt-down'], title: 'move the line down' },
  {
    ...here,
    command: 'edit-toggle-final-newline',
    keys: ['ctrl-t'],
    title: 'with or without a newline at the very end',
    bar: { word: 'newline at end', order: 8 },
  },

  { ...asked, command: 'agree', keys: ['y'], title: 'do it', bar: { word: 'yes', order: 1 } },
  {
    ...asked,
    command: 'overwrite',
    keys: ['o'],
    title: 'write over what changed on disk',
    bar: { word: 'keep mine', order: 1 },
  },
  {
    ...asked,
    command: 'theirs',
    keys: ['t'],
    title: 'drop the edit and take what is on disk',
    bar: { word: 'take theirs', order: 2 },
  },
  {
    ...asked,
    command: 'again',
    keys: ['e'],
    title: 'open the editor again with the text as it is',
    bar: { word: 'edit again', order: 3 },
  },
  { ...asked, command: 'drop', keys: ['d'], title: 'drop the edit', bar: { word: 'drop it', order: 4 } },
  {
    ...asked,
    command: 'decline',
    keys: ['esc', 'n', 'q'],
    title: 'do nothing, and go back',
    bar: { word: 'back', order: 5 },
  },
] as const satisfies readonly Binding[];
