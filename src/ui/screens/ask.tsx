import type { ReactElement } from 'react';
import { counted } from '../../core/counted.ts';
import { inside } from '../layout.ts';
import { Panel } from '../parts/panel.tsx';
import type { Pen } from '../pen.ts';
import type { Model } from '../state/model.ts';
import type { Question } from '../state/question.ts';
import { layoutOf } from '../state/select.ts';
import { type Span, span, wrapText } from '../styled-text.ts';

interface AskProps {
  readonly model: Model;
  readonly pen: Pen;
  readonly question: Question;
}

export const namePrompt = ' type its name ';

/** A question with what it is about; Enter answers none. */
export function Ask({ model, pen, question }: AskProps): ReactElement {
  const { body, isFramed } = layoutOf(model);
  const { width, height } = inside(body, isFramed);
  const wrapped = (text: string): Span[][] =>
    wrapText(pen.legible(text), width - 2).map((line) => [
      span(` ${line}`, text.startsWith('! ') ? 'warning' : 'plain'),
    ]);
  const typed: readonly (readonly Span[])[] =
    question.about === 'save' && question.name !== null
      ? [[span(namePrompt, 'title'), span(pen.show(question.typed)), span(pen.glyphs.caret)], []]
      : [];
  const all = [...typed, ...question.lines.flatMap(wrapped)];
  const cut = all.length - height + 1;
  const more = [
    span(` ${pen.glyphs.ellipsis} ${counted(cut, 'more line')}: a higher window shows all`, 'warning'),
  ];
  const seen = all.length > height ? [...all.slice(0, height - 1), more] : all;
  const rows = seen.map((spans) => pen.line(spans, width));
  return (
    <Panel
      pen={pen}
      rect={body}
      isFramed={isFramed}
      isFocused
      title={pen.legible(question.title)}
      rows={rows}
    />
  );
}
