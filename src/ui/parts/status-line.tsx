import type { ReactElement } from 'react';
import { continuationsOf } from '../keys/resolve-key.ts';
import type { Pen } from '../pen.ts';
import type { Model } from '../state/model.ts';
import { contextOf } from '../state/update.ts';
import { type Span, span, spread } from '../styled-text.ts';
import { Row } from './row.tsx';

const tokens = { info: 'plain', warning: 'warning', error: 'bad' } as const;
const signs = { info: '', warning: '! ', error: 'error: ' } as const;

/** Left, what happened last, or which keys may follow; right, what stands. */
export function StatusLine({ model, pen }: { readonly model: Model; readonly pen: Pen }): ReactElement {
  const { columns } = model;
  const right: Span[] = [...standing(model), span(' ')];
  return (
    <Row
      text={pen.line(
        spread([span(' '), ...lastEvent(model, pen)], right, columns, pen.glyphs.ellipsis),
        columns,
      )}
    />
  );
}

function lastEvent(model: Model, pen: Pen): readonly Span[] {
  if (model.prefix !== '') {
    return continuationsOf(contextOf(model), model.prefix).flatMap(({ key, title }) => [
      span(`${model.prefix} ${key} `, 'key'),
      span(`${title}  `),
    ]);
  }
  const { toast } = model;
  return toast ? [span(signs[toast.level] + pen.legible(toast.text), tokens[toast.level])] : [];
}

function standing({ clipboardClearsAt, now, surveyed, repository, waiting }: Model): readonly Span[] {
  if (clipboardClearsAt !== null) {
    return [span(`clears in ${Math.max(0, Math.ceil((clipboardClearsAt - now) / 1000))}s`)];
  }
  const total = repository.secrets.length;
  // Only where it takes long enough to be seen.
  return waiting.survey !== undefined && surveyed > 0 && surveyed < total
    ? [span(`checked ${surveyed}/${total}`, 'quiet')]
    : [];
}
