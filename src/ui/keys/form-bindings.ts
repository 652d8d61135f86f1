import type { Binding, Context } from './binding.ts';

const here = { contexts: ['form'] as readonly Context[], group: 'form' } as const;

/** Keys of the form that asks for what is to be made. */
export const formBindings = [
  {
    ...here,
    command: 'form-go-on',
    keys: ['enter', 'ctrl-s'],
    title: 'go on: to the value, or to what would be written',
    bar: { word: 'go on', order: 1 },
  },
  {
    ...here,
    command: 'form-next',
    keys: ['down', 'tab', 'ctrl-n'],
    title: 'next line of the form',
    bar: { word: 'next', order: 2 },
  },
  {
    ...here,
    command: 'form-previous',
    keys: ['up', 'shift-tab', 'ctrl-p'],
    title: 'previous line of the form',
  },
  { ...here, command: 'form-page-down', keys: ['pagedown'], title: 'a page of the form down' },
  { ...here, command: 'form-page-up', keys: ['pageup'], title: 'a page of the form up' },
  {
    ...here,
    command: 'form-toggle',
    keys: ['space'],
    title: 'choose a reader, or the next possibility',
    bar: { word: 'choose', order: 3 },
  },
  { ...here, command: 'form-right', keys: ['right'], title: 'the next possibility' },
  { ...here, command: 'form-left', keys: ['left'], title: 'the possibility before' },
  { ...here, command: 'form-erase', keys: ['backspace', 'delete'], title: 'erase a character of the line' },
  {
    ...here,
    command: 'form-erase-word',
    keys: ['ctrl-w'],
    title: 'erase as far as the directory or word before',
  },
  { ...here, command: 'form-erase-line', keys: ['ctrl-u'], title: 'erase what the line holds' },
  {
    ...here,
    command: 'form-leave',
    keys: ['esc'],
    title: 'make nothing, and go back',
    bar: { word: 'leave', order: 4 },
  },
] as const satisfies readonly Binding[];
