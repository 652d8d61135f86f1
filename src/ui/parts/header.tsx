import type { ReactElement } from 'react';
import { counted } from '../../core/counted.ts';
import type { Pen } from '../pen.ts';
import { uncommittedFiles } from '../state/git-told.ts';
import type { Model } from '../state/model.ts';
import { hasUsableKey } from '../state/select.ts';
import { type Span, span, spread } from '../styled-text.ts';
import { Row } from './row.tsx';

/** Which repository, and what stands out in it. */
export function Header({ model, pen }: { readonly model: Model; readonly pen: Pen }): ReactElement {
  const { repository, columns } = model;
  const branch = repository.git?.branch ?? (repository.git ? 'detached' : null);
  const uncommitted = uncommittedFiles(model);
  const left: Span[] = [
    span(` ${pen.show(repository.name)}`, 'title'),
    ...(branch === null ? [] : [span(` ${pen.show(branch)}`, 'quiet')]),
    ...(uncommitted === 0 ? [] : [span(` +${uncommitted}`, 'warning')]),
  ];
  const right = standingFacts(model).flatMap(([text, token]) => [span('  '), span(text, token)]);
  return <Row text={pen.line(spread(left, [...right, span(' ')], columns, pen.glyphs.ellipsis), columns)} />;
}

function standingFacts(model: Model): readonly (readonly [string, Span['token']])[] {
  const { repository, readable, columns } = model;
  const { secrets, problems } = repository;
  const drift = secrets.reduce((sum, { state }) => sum + Number(state === 'drift'), 0);
  let noKey = 0;
  for (const answer of readable.values()) noKey += Number(answer === 'no');
  const isNarrow = columns < 60;
  return [
    ...(isNarrow ? [] : [[counted(secrets.length, 'secret'), 'plain'] as const]),
    ...(drift > 0 ? [[`${drift} drift`, 'warning'] as const] : []),
    ...(problems.length > 0 ? [[counted(problems.length, 'problem'), 'bad'] as const] : []),
    // Without any key the standing fact says so, and a count of all files would say it again.
    ...(noKey > 0 && !isNarrow && hasUsableKey(model) ? [[`no key for ${noKey}`, 'quiet'] as const] : []),
    ...keyFacts(model, isNarrow),
  ];
}

function keyFacts(model: Model, isNarrow: boolean): readonly (readonly [string, Span['token']])[] {
  const { identities, isLocked } = model;
  if (isLocked) return [['locked', 'warning']];
  if (identities === null) return [];
  if (!hasUsableKey(model)) return [[isNarrow ? 'no key' : 'no private key', 'warning']];
  const usable = identities.filter(({ lock }) => lock !== 'unusable');
  const isAsking = usable.every(({ lock }) => lock === 'needs-passphrase');
  return isNarrow ? [] : [[`${counted(usable.length, 'key')}${isAsking ? ', locked' : ''}`, 'plain']];
}
