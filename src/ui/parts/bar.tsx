import type { ReactElement } from 'react';
import { disabledReason } from '../keys/availability.ts';
import { bindings } from '../keys/bindings.ts';
import { keyFor } from '../keys/resolve-key.ts';
import type { Pen } from '../pen.ts';
import type { Model } from '../state/model.ts';
import { contextOf } from '../state/update.ts';
import { type Span, span, spansWidth, spread } from '../styled-text.ts';
import { Row } from './row.tsx';

const onBar = bindings.flatMap((binding) => (binding.bar ? [{ ...binding, bar: binding.bar }] : []));
const inList = onBar.toSorted((one, other) => one.bar.order - other.bar.order);
const ledBy = (where: 'detail' | 'several') => {
  const place = ({ bar }: (typeof onBar)[number]): number => bar[where] ?? onBar.length + bar.order;
  return onBar.toSorted((one, other) => place(one) - place(other));
};
const inDetail = ledBy('detail');
const forSeveral = ledBy('several');

const barOf = ({ pane, marks, matrix }: Model): typeof onBar => {
  if (matrix?.isOpen) return matrix.staged.size > 0 ? forSeveral : inList;
  if (pane !== 'list') return inDetail;
  return marks.ids.size > 0 ? forSeveral : inList;
};

const gap = span('  ');

/** The most useful keys of the moment; as the window narrows they go from the right. Disabled ones are dimmed. */
export function Bar({ model, pen }: { readonly model: Model; readonly pen: Pen }): ReactElement {
  const { columns } = model;
  const context = contextOf(model);
  const help = columns < 60 ? `${keyFor('help')} ` : `${keyFor('help')} help `;
  const hasHelp = context === 'browser' || context === 'matrix' || context === 'view';
  const right = hasHelp ? [span(help)] : [];
  let room = columns - spansWidth(right) - 2;
  const left: Span[] = [span(' ')];
  for (const { command, keys, contexts, bar } of barOf(model)) {
    if (!(contexts as readonly string[]).includes(context)) continue;
    const isDisabled = disabledReason(model, command) !== null;
    // Of a question, what is no answer to it is not offered.
    if (isDisabled && context === 'question') continue;
    const item = [
      ...(left.length > 1 ? [gap] : []),
      span(keys[0] ?? '', isDisabled ? 'quiet' : 'key'),
      span(` ${command === 'reveal' && model.revealed ? 'mask' : bar.word}`, isDisabled ? 'quiet' : 'plain'),
    ];
    room -= spansWidth(item);
    if (room < 0) break;
    left.push(...item);
  }
  return <Row text={pen.line(spread(left, right, columns, pen.glyphs.ellipsis), columns)} />;
}
