import type { Binding } from './binding.ts';

/** Keys of a line that is being typed: a search, a name, a passphrase. */
export const typingBindings = [
  {
    command: 'accept',
    keys: ['enter'],
    contexts: ['typing', 'passphrase'],
    group: 'search',
    title: 'keep the filter, run the choice, or send the passphrase',
    bar: { word: 'accept', order: 1 },
  },
  {
    command: 'cancel',
    keys: ['esc'],
    contexts: ['typing', 'passphrase'],
    group: 'search',
    title: 'leave the line and drop what was typed',
    bar: { word: 'cancel', order: 2 },
  },
  {
    command: 'choose-next',
    keys: ['ctrl-n', 'down'],
    contexts: ['typing'],
    group: 'search',
    title: 'next choice while typing',
    bar: { word: 'next', order: 3 },
  },
  {
    command: 'choose-previous',
    keys: ['ctrl-p', 'up'],
    contexts: ['typing'],
    group: 'search',
    title: 'previous choice while typing',
    bar: { word: 'previous', order: 4 },
  },
  {
    command: 'recall',
    keys: ['right'],
    contexts: ['typing'],
    group: 'search',
    title: 'bring the last search back, in an empty line',
  },
  {
    command: 'erase',
    keys: ['backspace', 'delete'],
    contexts: ['typing', 'passphrase'],
    group: 'search',
    title: 'erase a character',
  },
  { command: 'erase-word', keys: ['ctrl-w'], contexts: ['typing'], group: 'search', title: 'erase a word' },
  {
    command: 'erase-line',
    keys: ['ctrl-u'],
    contexts: ['typing', 'passphrase'],
    group: 'search',
    title: 'erase the line',
  },
] as const satisfies readonly Binding[];
