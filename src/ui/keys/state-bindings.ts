import type { Binding, Context } from './binding.ts';
import type { ShownState } from './shown-states.ts';

const here = { contexts: ['browser', 'matrix'] as readonly Context[], group: 'search' } as const;

const only = <S extends ShownState>(state: S, key: string, title: string) => ({
  ...here,
  command: `only-${state}` as const,
  keys: [`f ${key}`],
  title: `show only ${title}`,
  follows: state.replace('-', ' '),
});

/** Narrowing the list to one state: a first key that offers the states, as the filter menu of lazygit does. */
export const stateBindings = [
  only('drift', 'd', 'drift'),
  only('missing', 'm', 'missing files'),
  only('orphan', 'o', 'orphans'),
  only('damaged', 'x', 'damaged files'),
  only('no-key', 'n', 'what no key here opens'),
  only('unknown', 'u', 'what is unknown'),
  only('ok', 'k', 'what is ok'),
  {
    ...here,
    command: 'only-next',
    keys: ['f f'],
    title: 'show only one state after the other, then all',
    follows: 'next',
  },
] as const satisfies readonly Binding[];
