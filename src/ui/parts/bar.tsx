import type { ReactElement } from 'react';
import { disabledReason } from '../keys/availability.ts';
import { bindings } from '../keys/bindings.ts';
import { keyFor } from '../keys/resolve-key.ts';
import type { Pen } from '../pen.ts';
import type { Model } from '../state/model.ts';
import { contextOf } from '../state/update.ts';
import { type Span, span, spansWidth, spread } from '../styled-text.ts';
import { Row } from './row.tsx';

const onBar = bindings
  .flatMap((binding) => (binding.bar ? [{ ...binding, bar: binding.bar }] : []))
  .toSorted((one, other) => one.bar.order - other.bar.order);

/** The most useful keys of the moment; as the window narrows they go from the right. Disabled ones are dimmed. */
export function Bar({ model, pen }: { readonly model: Model; readonly pen: Pen }): ReactElement {
  const { columns } = model;
  const context = contextOf(model);
  const right =
    context === 'typing' || context === 'passphrase' ? [] : [span(`${keyFor('help')} help `, 'plain')];
  let room = columns - spansWidth(right) - 2;
  const left: Span[] = [span(' ')];
  for (const { command, keys, contexts, bar } of onBar) {
    if (!(contexts as readonly string[]).includes(context)) continue;
    const isDisabled = disabledReason(model, command) !== null;
    const item = [
      span(keys[0] ?? '', isDisabled ? 'quiet' : 'key'),
      span(` ${bar.word}`, isDisabled ? 'quiet' : 'plain'),
      span('  '),
    ];
    room -= spansWidth(item);
    if (room < 0) break;
    left.push(...item);
  }
  return <Row text={pen.line(spread(left, right, columns, pen.glyphs.ellipsis), columns)} />;
}
