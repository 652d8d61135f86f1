import type { ReactElement } from 'react';
import { textWidth, truncateStart } from '../../core/text-width.ts';
import { keyFor } from '../keys/resolve-key.ts';
import type { Pen } from '../pen.ts';
import type { Model } from '../state/model.ts';
import { type Span, span, spread } from '../styled-text.ts';
import { Row } from './row.tsx';

const prompt = ' / ';

/** What is being looked for, and how much of the repository fits. */
export function FilterLine({ model, pen }: { readonly model: Model; readonly pen: Pen }): ReactElement {
  const { filter, columns } = model;
  const left: Span[] =
    filter.query === '' && !filter.isTyping
      ? [span(` ${keyFor('search')} search`, 'quiet')]
      : [
          span(prompt, 'title'),
          span(shownQuery(model, pen)),
          ...(filter.isTyping ? [span(pen.glyphs.caret)] : []),
          ...lastSearch(model, pen),
        ];
  const right = [span(countText(model), 'quiet'), span(' ')];
  return <Row text={pen.line(spread(left, right, columns, pen.glyphs.ellipsis), columns)} />;
}

function lastSearch({ filter, lastQuery }: Model, pen: Pen): Span[] {
  if (filter.query !== '' || lastQuery === '') return [];
  return [span(`  ${keyFor('recall')} brings back `, 'quiet'), span(pen.show(lastQuery))];
}

const shownQuery = ({ filter, columns }: Model, pen: Pen): string =>
  truncateStart(pen.show(filter.query), Math.max(4, columns - 24), pen.glyphs.ellipsis);

/** Where the hardware cursor stands while a filter is typed. */
export const filterCursorColumn = (model: Model, pen: Pen): number =>
  textWidth(prompt) + textWidth(shownQuery(model, pen));

function countText({ filter, repository, keyIndex, isLocked, identities }: Model): string {
  const total = repository.secrets.length;
  const isKeyClosed =
    keyIndex.kind === 'ready' &&
    keyIndex.skipped > 0 &&
    identities?.some(({ lock }) => lock === 'needs-passphrase');
  const left = isLocked ? 'locked: names only' : isKeyClosed ? 'a key is locked: some by name only' : '';
  const reading =
    keyIndex.kind === 'reading' ? `reading keys ${keyIndex.done}/${keyIndex.total || total}` : '';
  const aside = filter.isTyping ? left || reading : '';
  const more = filter.hasMore ? '+' : '';
  const count = filter.hits ? `${filter.hits.length}${more} of ${total}` : '';
  return [aside, count].filter(Boolean).join('  ');
}
