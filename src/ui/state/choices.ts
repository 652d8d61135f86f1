import { bindings, type CommandId } from '../keys/bindings.ts';
import type { Choice, Model } from './model.ts';

/** Commands that make sense to pick from a list: not the movements, nor the keys of a line being typed. */
const pickable = bindings.filter(({ contexts, group }) => contexts.includes('browser') && group !== 'move');

/** Bindings whose title, keys or name hold every word of the query. */
export function matchingBindings(query: string): typeof bindings {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  return bindings.filter(({ title, keys, command, group }) => {
    const text = `${title} ${keys.join(' ')} ${command} ${group}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

/** What Enter takes in help and palette: commands, and in the palette secrets after them. */
export function choicesOf({ view }: Model): readonly Choice[] {
  if (view.kind !== 'help' && view.kind !== 'palette') return [];
  const found = new Set<CommandId>(matchingBindings(view.query).map(({ command }) => command));
  if (view.kind === 'help') return [...found].map((command) => ({ kind: 'command', command }));
  return [
    ...pickable
      .filter(({ command }) => found.has(command) && command !== 'palette' && command !== 'back')
      .map(({ command }): Choice => ({ kind: 'command', command })),
    ...view.hits.map((hit): Choice => ({ kind: 'secret', ...hit })),
  ];
}
