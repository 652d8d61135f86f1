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
    bar: { word: 'next drift', order: 2 },
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
    bar: { word: 'what it reads', order: 1 },
  },
  {
    ...here,
    command: 'matrix-secret',
    keys: ['enter'],
    title: 'who reads this secret, one below the other',
    bar: { word: 'who reads it', order: 3 },
  },
  {
    ...here,
    command: 'matrix-sort',
    keys: ['s'],
    title: 'sort by name, by state, or by the reader under the cursor',
    bar: { word: 'sort', order: 4 },
  },
] as const satisfies readonly Binding[];
