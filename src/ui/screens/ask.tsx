import type { ReactElement } from 'react';
import { counted } from '../../core/counted.ts';
import { keyFor } from '../keys/resolve-key.ts';
import { inside } from '../layout.ts';
import { Panel } from '../parts/panel.tsx';
import { questionRows } from '../parts/question-rows.ts';
import type { Pen } from '../pen.ts';
import type { Model } from '../state/model.ts';
import type { Question } from '../state/question.ts';
import { layoutOf } from '../state/select.ts';
import { span } from '../styled-text.ts';

interface AskProps {
  readonly model: Model;
  readonly pen: Pen;
  readonly question: Question;
  /** The first line that is seen. */
  readonly top: number;
}

/** A question with what it is about; Enter answers none. */
export function Ask({ model, pen, question, top }: AskProps): ReactElement {
  const { body, isFramed } = layoutOf(model);
  const { width, height } = inside(body, isFramed);
  const all = questionRows(question, pen, width);
  const first = Math.min(top, Math.max(0, all.length - height));
  const cut = all.length - first - height + 1;
  const more = [
    span(` ${pen.glyphs.ellipsis} ${counted(cut, 'more line')}: ${keyFor('down')} shows them`, 'warning'),
  ];
  const seen = cut > 1 ? [...all.slice(first, first + height - 1), more] : all.slice(first, first + height);
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
