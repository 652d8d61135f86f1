import type { ReactElement } from 'react';
import type { Pen } from '../pen.ts';
import type { Model } from '../state/model.ts';
import { type Span, span, spread } from '../styled-text.ts';
import { Row } from './row.tsx';

/** Which repository, and what stands out in it. */
export function Header({ model, pen }: { readonly model: Model; readonly pen: Pen }): ReactElement {
  const { repository, columns } = model;
  const branch = repository.git?.branch ?? (repository.git ? 'detached' : null);
  const left: Span[] = [
    span(` ${pen.show(repository.name)}`, 'title'),
    ...(branch === null ? [] : [span(` ${pen.show(branch)}`, 'quiet')]),
  ];
  const right = standingFacts(model).flatMap(([text, token]) => [span('  '), span(text, token)]);
  return <Row text={pen.line(spread(left, [...right, span(' ')], columns, pen.glyphs.ellipsis), columns)} />;
}

function standingFacts({
  repository,
  identities,
  readable,
  columns,
}: Model): readonly (readonly [string, Span['token']])[] {
  const { secrets, problems } = repository;
  const drift = secrets.reduce((sum, { state }) => sum + Number(state === 'drift'), 0);
  let unreadable = 0;
  for (const answer of readable.values()) unreadable += Number(answer === 'no');
  const isNarrow = columns < 60;
  return [
    ...(isNarrow ? [] : [[`${secrets.length} secrets`, 'plain'] as const]),
    ...(drift > 0 ? [[`${drift} drift`, 'warning'] as const] : []),
    ...(problems.length > 0 ? [[`${problems.length} skipped`, 'bad'] as const] : []),
    ...(unreadable > 0 && !isNarrow ? [[`${unreadable} unreadable`, 'quiet'] as const] : []),
    ...(identities === null || isNarrow ? [] : [[keysText(identities), 'plain'] as const]),
  ];
}

function keysText(identities: NonNullable<Model['identities']>): string {
  const usable = identities.filter(({ lock }) => lock !== 'unusable').length;
  return usable === 0 ? 'no key' : `${usable} ${usable === 1 ? 'key' : 'keys'}`;
}
