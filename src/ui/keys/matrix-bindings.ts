import type { Binding, Context } from './binding.ts';

const here = { contexts: ['matrix'] as readonly Context[], group: 'matrix' } as const;

/** Keys of the screen of secrets against readers. */
export const matrixBindings = [
  {
    command: 'matrix',
    keys: ['m'],
    contexts: ['browser', 'matrix'],
    group: 'repository',
    title: 'who can read what: secrets against readers',
    bar: { word: 'matrix', order: 5 },
  },
  { ...here, command: 'matrix-left', keys: ['h', 'left'], title: 'reader to the left' },
  { ...here, command: 'matrix-right', keys: ['l', 'right'], title: 'reader to the right' },
  { ...here, command: 'matrix-first', keys: ['0'], title: 'first reader' },
  { ...here, command: 'matrix-last', keys: ['$'], title: 'last reader' },
  {
    ...here,
    command: 'matrix-next-drift',
    keys: [']', 'n'],
    title: 'next secret whose file differs from its rules',
    bar: { word: 'next drift', order: 3 },
  },
  {
    ...here,
    command: 'matrix-previous-drift',
    keys: ['[', 'N'],
    title: 'previous secret whose file differs from its rules',
  },
  {
    ...here,
    command: 'matrix-reader',
    keys: ['o'],
    title: 'what this reader can read',
    bar: { word: 'by reader', order: 1 },
  },
  {
    ...here,
    command: 'matrix-secret',
    keys: ['enter'],
    title: 'who reads this secret, one below the other',
    bar: { word: 'by secret', order: 4 },
  },
  {
    ...here,
    command: 'matrix-sort',
    keys: ['s'],
    title: 'sort by name, by state, or by the reader under the cursor',
    bar: { word: 'sort', order: 12 },
  },
  {
    ...here,
    command: 'matrix-toggle',
    keys: ['space'],
    title: 'stage a grant or a revocation, or not; of all of a range',
    bar: { word: 'toggle', order: 0, several: 2 },
  },
  { ...here, command: 'matrix-range', keys: ['v'], title: 'a range from here to where the cursor goes' },
  {
    ...here,
    command: 'matrix-all',
    keys: ['A'],
    title: 'stage the same for all secrets listed, or for all readers of one',
  },
  {
    ...here,
    command: 'matrix-discard',
    keys: ['d'],
    title: 'stage nothing for this cell, or for the range',
    bar: { word: 'discard', order: 14, several: 3 },
  },
  { ...here, command: 'matrix-discard-all', keys: ['D'], title: 'drop everything that is staged' },
  {
    ...here,
    command: 'matrix-review',
    keys: ['p'],
    title: 'what writing the staged changes does, before it is done',
    bar: { word: 'review', order: 5, several: 1 },
  },
  {
    ...here,
    command: 'matrix-repair',
    keys: ['='],
    title: 'encrypt this file again for the readers of its rule, after asking',
  },
  {
    ...here,
    command: 'matrix-repair-all',
    keys: ['F'],
    title: 'encrypt again all listed files that differ from their rules, after asking',
    bar: { word: 'repair all', order: 7, several: 4 },
  },
] as const satisfies readonly Binding[];
