import type { ReactElement } from 'react';
import { disabledReason } from '../keys/availability.ts';
import { bindings } from '../keys/bindings.ts';
import { inside } from '../layout.ts';
import { Panel } from '../parts/panel.tsx';
import type { Pen } from '../pen.ts';
import { choicesOf } from '../state/choices.ts';
import type { Choice, Model, View } from '../state/model.ts';
import { layoutOf } from '../state/select.ts';
import { markRanges, padEnd, type Span, span } from '../styled-text.ts';

interface ChooseProps {
  readonly model: Model;
  readonly pen: Pen;
  readonly view: Extract<View, { readonly kind: 'help' | 'palette' }>;
}

/** With less room only the first key of a command is named. */
const wideFrom = 60;

/** Help and the palette: a line to type in, and below it what fits. Both teach the keys they could be replaced by. */
export function Choose({ model, pen, view }: ChooseProps): ReactElement {
  const { body, isFramed } = layoutOf(model);
  const { width, height } = inside(body, isFramed);
  const choices = choicesOf(model);
  const visible = choices.slice(view.top, view.top + Math.max(0, height - 1));
  const title = view.kind === 'help' ? 'help' : 'commands and secrets';
  const hint = view.query === '' ? 'type to filter' : '';
  const typed = [span(' '), span(pen.show(view.query)), span(pen.glyphs.caret), span(hint, 'quiet')];
  const rows = visible.map((choice, offset) => {
    const isSelected = view.top + offset === view.cursor;
    const spans = choiceSpans(model, pen, choice, isSelected, width);
    return isSelected ? pen.selectedLine(spans, width, true) : pen.line(spans, width);
  });
  const found = rows.length > 0 ? rows : [pen.end(' Nothing fits. Esc goes back.', width)];
  return (
    <Panel
      pen={pen}
      rect={body}
      isFramed={isFramed}
      isFocused
      title={title}
      note={`${choices.length}`}
      rows={[pen.line(typed, width), ...found]}
    />
  );
}

function choiceSpans(model: Model, pen: Pen, choice: Choice, isSelected: boolean, width: number): Span[] {
  const pointer = span(isSelected ? pen.glyphs.pointer : ' ');
  if (choice.kind === 'secret') {
    const name =
      choice.key === undefined ? pen.show(choice.id) : `${pen.show(choice.id)}#${pen.legible(choice.key)}`;
    const spans = markRanges(
      name,
      choice.key === undefined ? choice.ranges : [],
      width - 10,
      pen.glyphs.ellipsis,
    );
    return [pointer, span('go to  ', 'quiet'), ...spans];
  }
  if (choice.kind === 'reader')
    return [pointer, span('what reads  ', 'quiet'), span(pen.end(pen.show(choice.label), width - 14))];
  const binding = bindings.find(({ command }) => command === choice.command);
  if (!binding) return [pointer];
  const reason = disabledReason(model, choice.command);
  return [
    pointer,
    span(
      width < wideFrom ? padEnd(binding.keys[0] ?? '', 10) : padEnd(binding.keys.join('  '), 18),
      reason === null ? 'key' : 'quiet',
    ),
    span(binding.title, reason === null ? 'plain' : 'quiet'),
    ...(reason === null ? [] : [span(`  not available: ${pen.legible(reason)}`, 'quiet')]),
  ];
}
