import type { Binding, Context } from './binding.ts';

const browser: readonly Context[] = ['browser'];
const question: readonly Context[] = ['question'];

/** Keys for the one thing that git is asked to do. */
export const commitBindings = [
  {
    command: 'commit',
    keys: ['c'],
    contexts: browser,
    group: 'repository',
    title: 'commit what keyhole wrote, after showing what, and which hooks run',
    bar: { word: 'commit', order: 16 },
  },
  {
    command: 'message',
    keys: ['m'],
    contexts: question,
    group: 'question',
    title: 'another message for the commit',
    bar: { word: 'message', order: 2 },
  },
] as const satisfies readonly Binding[];
