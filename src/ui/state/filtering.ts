import { matrixTable } from '../matrix/matrix-table.ts';
import { followLine, moveTo, withLines } from './list-lines.ts';
import type { Hit, Model } from './model.ts';
import { selectedLine } from './select.ts';
import { isInState, isReadByAny, isWantedReader, wantedBy } from './state-filter.ts';
import { answered, type ModelStep, request, still } from './step.ts';

/** Looks for what the line says. States and readers alone are known at once; text is searched for, among those. */
export function searchFor(model: Model, query: string): ModelStep {
  const { states, reader, text } = wantedBy(query);
  if (states === null && reader === null)
    return request(model, 'search', (id) => ({ type: 'search', request: id, query, purpose: 'filter' }));
  const { repository } = model;
  const { columns } = matrixTable(repository);
  const readers = columns.flatMap((column) =>
    reader !== null && column.reader && isWantedReader(column.reader, reader) ? [column.reader] : [],
  );
  const within = repository.secrets
    .filter((secret) => states === null || states.some((state) => isInState(model, secret, state)))
    .filter((secret) => reader === null || reader === '' || isReadByAny(repository, secret, readers))
    .map(({ id }) => id);
  if (text === '') {
    const hits = within.map((id) => ({ id, ranges: [] }));
    return still(withHits(answered(model, 'search'), hits, false));
  }
  const only = new Set<string>(within);
  return request(model, 'search', (id) => ({
    type: 'search',
    request: id,
    query: text,
    purpose: 'filter',
    within: only,
  }));
}

/** The list becomes what was found. */
export function withHits(model: Model, hits: readonly Hit[], hasMore: boolean): Model {
  const { filter, cursor, revealed } = model;
  const found = withLines({ ...model, filter: { ...filter, hits, hasMore, isSettled: true } });
  // More of the same query came to light (names of keys, a repository read again): whoever chose a line keeps it.
  const isChosen = filter.isSettled && (!filter.isTyping || cursor > 0 || revealed !== null);
  return isChosen ? followLine(found, selectedLine(model)) : moveTo({ ...found, cursor: -1 }, 0);
}

/** The index grew, the repository or what the keys open changed: what is being looked for is looked for again. */
export function searchAgain(model: Model): ModelStep {
  const { query } = model.filter;
  return query === '' ? still(model) : searchFor(model, query);
}

/** Whether what the keys open decides what is listed. */
export const dependsOnKeys = ({ filter }: Model): boolean =>
  wantedBy(filter.query).states?.includes('no-key') ?? false;
