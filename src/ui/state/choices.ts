import { readerLabel } from '../../core/recipient-label.ts';
import type { Repository } from '../../core/repository.ts';
import type { Context } from '../keys/binding.ts';
import { bindings, type CommandId } from '../keys/bindings.ts';
import { matrixTable } from '../matrix/matrix-table.ts';
import type { Choice, Model } from './model.ts';

/** Commands that make sense to pick from a list: not the movements, nor the keys of a line being typed. */
const pickableIn = (context: Context): typeof bindings =>
  bindings.filter(({ contexts, group }) => contexts.includes(context) && group !== 'move');

const pickable = { browser: pickableIn('browser'), matrix: pickableIn('matrix') } as const;

/** Bindings whose title, keys or name hold every word of the query. */
export function matchingBindings(query: string): typeof bindings {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  return bindings.filter(({ title, keys, command, group }) => {
    const text = `${title} ${keys.join(' ')} ${command} ${group}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

/** Nobody looks further down. */
const mostReaders = 20;

/** Hosts and people whose name holds every word that was typed, to see what they can read. */
function readersNamed(repository: Repository, query: string): readonly Choice[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return [];
  return matrixTable(repository)
    .columns.filter(
      ({ reader }) =>
        reader && words.every((word) => `${reader.alias ?? ''} ${reader.name}`.toLowerCase().includes(word)),
    )
    .slice(0, mostReaders)
    .map(({ id, reader }) => ({ kind: 'reader', column: id, label: reader ? readerLabel(reader) : id }));
}

/** What Enter takes in help and palette: commands, and in the palette readers and secrets after them. */
export function choicesOf({ view, matrix, repository }: Model): readonly Choice[] {
  if (view.kind !== 'help' && view.kind !== 'palette') return [];
  const found = new Set<CommandId>(matchingBindings(view.query).map(({ command }) => command));
  if (view.kind === 'help') return [...found].map((command) => ({ kind: 'command', command }));
  return [
    ...pickable[matrix?.isOpen ? 'matrix' : 'browser']
      .filter(({ command }) => found.has(command) && command !== 'palette' && command !== 'back')
      .map(({ command }): Choice => ({ kind: 'command', command })),
    ...readersNamed(repository, view.query),
    ...view.hits.map((hit): Choice => ({ kind: 'secret', ...hit })),
  ];
}
