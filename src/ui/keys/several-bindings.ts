import type { Binding, Context } from './binding.ts';

const here = { contexts: ['browser'] as readonly Context[], group: 'secret' } as const;

/** Keys that select secrets, and those that act on all that are selected. */
export const severalBindings = [
  {
    ...here,
    command: 'mark',
    keys: ['space'],
    title: 'select the secret, or not, to act on several',
    bar: { word: 'select', order: 12, several: 4 },
  },
  { ...here, command: 'mark-range', keys: ['v'], title: 'select from here to where the cursor goes' },
  { ...here, command: 'mark-all', keys: ['A'], title: 'select all that are listed, or none of them' },
  {
    ...here,
    command: 'remove',
    keys: ['d'],
    title: 'delete what is selected, or the secret, with its rules, after asking',
    bar: { word: 'delete', order: 13, several: 1 },
  },
  {
    ...here,
    command: 'rename',
    keys: ['r'],
    title: 'rename or move, with its rule; several go to a directory',
    bar: { word: 'move', order: 14, several: 2 },
  },
  {
    ...here,
    command: 'copy-to',
    keys: ['C'],
    title: 'copy to a new name, with its rule; several go to a directory',
    bar: { word: 'copy to', order: 15, several: 3 },
  },
] as const satisfies readonly Binding[];
