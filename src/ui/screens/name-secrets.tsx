import type { ReactElement } from 'react';
import { inside } from '../layout.ts';
import { promptOf } from '../matrix/reader-line.ts';
import { fieldWindow } from '../parts/field-window.ts';
import { namingLines } from '../parts/naming-lines.ts';
import { namingTitle } from '../parts/naming-title.ts';
import { Panel } from '../parts/panel.tsx';
import type { Pen } from '../pen.ts';
import type { Model } from '../state/model.ts';
import type { NamingState } from '../state/naming-state.ts';
import { layoutOf } from '../state/select.ts';
import { type Span, span, wrapText } from '../styled-text.ts';

interface NameSecretsProps {
  readonly model: Model;
  readonly pen: Pen;
  readonly naming: NamingState;
}

const promptFor = (naming: NamingState): string => (naming.kind === 'reader' ? promptOf(naming) : ' to ');

/** Asks for another name, or a directory, and says at every key whether it can be had. */
export function NameSecrets({ model, pen, naming }: NameSecretsProps): ReactElement {
  const { body, isFramed } = layoutOf(model);
  const { width } = inside(body, isFramed);
  const prompt = promptFor(naming);
  const typed = fieldWindow(naming.field, pen, width - prompt.length).shown;
  const lines: readonly (readonly Span[])[] = [
    [span(prompt, 'title'), span(typed)],
    [],
    ...namingLines(model, naming).flatMap((text) =>
      wrapText(pen.legible(text), width - 2).map((line) => [
        span(` ${line}`, text.startsWith('! ') ? 'warning' : 'plain'),
      ]),
    ),
  ];
  const title = pen.legible(namingTitle(naming));
  const rows = lines.map((spans) => pen.line(spans, width));
  return <Panel pen={pen} rect={body} isFramed={isFramed} isFocused title={title} rows={rows} />;
}

/** The cell of the field that the cursor is in, from the left end of the pane. */
export function nameCursorColumn(model: Model, pen: Pen, naming: NamingState): number {
  const prompt = promptFor(naming);
  const { body, isFramed } = layoutOf(model);
  const cells = inside(body, isFramed).width - prompt.length;
  return prompt.length + fieldWindow(naming.field, pen, cells).cursor;
}
