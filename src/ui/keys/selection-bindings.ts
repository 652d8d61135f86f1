import type { Binding, Context } from './binding.ts';

const here = { contexts: ['editor'] as readonly Context[], group: 'editor' } as const;

/** Keys that select in the inline editor. Where a terminal keeps Shift to itself, Ctrl-Space begins a selection. */
export const selectionBindings = [
  {
    ...here,
    command: 'edit-mark',
    keys: ['ctrl-space'],
    title: 'select with every move from here, or no more',
  },
  { ...here, command: 'edit-select-all', keys: ['alt-a'], title: 'select all of the text' },
  { ...here, command: 'edit-select-left', keys: ['shift-left'], title: 'select a character to the left' },
  { ...here, command: 'edit-select-right', keys: ['shift-right'], title: 'select a character to the right' },
  { ...here, command: 'edit-select-up', keys: ['shift-up'], title: 'select a row up' },
  { ...here, command: 'edit-select-down', keys: ['shift-down'], title: 'select a row down' },
  {
    ...here,
    command: 'edit-select-word-left',
    keys: ['ctrl-shift-left', 'alt-shift-left'],
    title: 'select a word to the left',
  },
  {
    ...here,
    command: 'edit-select-word-right',
    keys: ['ctrl-shift-right', 'alt-shift-right'],
    title: 'select a word to the right',
  },
  {
    ...here,
    command: 'edit-select-line-start',
    keys: ['shift-home'],
    title: 'select to the start of the line',
  },
  { ...here, command: 'edit-select-line-end', keys: ['shift-end'], title: 'select to the end of the line' },
  {
    ...here,
    command: 'edit-select-text-start',
    keys: ['ctrl-shift-home'],
    title: 'select to the start of the text',
  },
  {
    ...here,
    command: 'edit-select-text-end',
    keys: ['ctrl-shift-end'],
    title: 'select to the end of the text',
  },
  { ...here, command: 'edit-select-page-up', keys: ['shift-pageup'], title: 'select a page up' },
  { ...here, command: 'edit-select-page-down', keys: ['shift-pagedown'], title: 'select a page down' },
] as const satisfies readonly Binding[];
