import type { Binding, Context } from './binding.ts';

const here = { contexts: ['naming'] as readonly Context[], group: 'naming' } as const;

/** Keys of the line in which a new name is typed. */
export const namingBindings = [
  {
    ...here,
    command: 'name-go-on',
    keys: ['enter'],
    title: 'show what the new name changes, before it does',
    bar: { word: 'go on', order: 1 },
  },
  {
    ...here,
    command: 'name-leave',
    keys: ['esc'],
    title: 'change no name, and go back',
    bar: { word: 'back', order: 2 },
  },
  { ...here, command: 'name-left', keys: ['left', 'ctrl-b'], title: 'a character to the left' },
  { ...here, command: 'name-right', keys: ['right', 'ctrl-f'], title: 'a character to the right' },
  {
    ...here,
    command: 'name-word-left',
    keys: ['ctrl-left', 'alt-left', 'alt-b'],
    title: 'a part of the path to the left',
  },
  {
    ...here,
    command: 'name-word-right',
    keys: ['ctrl-right', 'alt-right', 'alt-f'],
    title: 'a part of the path to the right',
  },
  { ...here, command: 'name-start', keys: ['home', 'ctrl-a'], title: 'start of the name' },
  { ...here, command: 'name-end', keys: ['end', 'ctrl-e'], title: 'end of the name' },
  { ...here, command: 'name-erase-left', keys: ['backspace'], title: 'erase to the left' },
  { ...here, command: 'name-erase-right', keys: ['delete', 'ctrl-d'], title: 'erase to the right' },
  {
    ...here,
    command: 'name-erase-word',
    keys: ['ctrl-w', 'alt-backspace'],
    title: 'erase a part of the path to the left',
    bar: { word: 'erase part', order: 3 },
  },
  {
    ...here,
    command: 'name-erase-to-start',
    keys: ['ctrl-u'],
    title: 'erase to the start',
    bar: { word: 'erase', order: 4 },
  },
  { ...here, command: 'name-erase-to-end', keys: ['ctrl-k'], title: 'erase to the end' },
] as const satisfies readonly Binding[];
