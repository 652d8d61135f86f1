import type { ReactElement } from 'react';
import { inside } from '../layout.ts';
import { formLine, formRemarks } from '../parts/form-lines.ts';
import { Panel } from '../parts/panel.tsx';
import type { Pen } from '../pen.ts';
import { formRows } from '../state/form-rows.ts';
import type { Model } from '../state/model.ts';
import type { NewForm } from '../state/new-form.ts';
import { formHeight, layoutOf } from '../state/select.ts';
import { span } from '../styled-text.ts';

interface NewSecretProps {
  readonly model: Model;
  readonly pen: Pen;
  readonly form: NewForm;
}

/** What is to be made: its name, where its value comes from, and who reads it. */
export function NewSecret({ model, pen, form }: NewSecretProps): ReactElement {
  const { body, isFramed } = layoutOf(model);
  const { width } = inside(body, isFramed);
  const height = formHeight(model);
  const lines = formRows(form);
  const rows = lines.slice(form.top, form.top + height).map((row, offset) => {
    const isHere = form.top + offset === form.cursor;
    const spans = formLine(model, pen, form, row, isHere, width);
    return pen.line(spans, width);
  });
  const filled = Array.from({ length: height }, (_, index) => rows[index] ?? '');
  const remarks = formRemarks(model, pen, form).map((spans) => pen.line([span(' '), ...spans], width));
  return (
    <Panel
      pen={pen}
      rect={body}
      isFramed={isFramed}
      isFocused
      title={titleOf(pen, form)}
      note={`${form.cursor + 1}/${lines.length}`}
      rows={[...filled, ...remarks]}
    />
  );
}

export function titleOf(pen: Pen, { target }: NewForm): string {
  if (target.kind === 'secret') return 'new secret';
  if (target.kind === 'rule') return `new file for the rule of ${pen.show(target.id)}`;
  return `new key in ${pen.show(target.id)}`;
}
