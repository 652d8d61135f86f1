import type { ReactElement } from 'react';
import type { Session } from '../../app/session.ts';
import { insideInset, type Rect } from '../layout.ts';
import type { Pen } from '../pen.ts';
import type { Model } from '../state/model.ts';
import { keyOfLine, secretOf, selectedLine } from '../state/select.ts';
import { factLines } from './fact-lines.ts';
import { Panel, type PanelRow } from './panel.tsx';
import { type ValueLine, valueLines } from './value-content.ts';

interface ValuePaneProps {
  readonly model: Model;
  readonly pen: Pen;
  readonly session: Pick<Session, 'lend'>;
  readonly rect: Rect;
  readonly isFramed: boolean;
  /** Where there is no pane for the facts, they follow the value. */
  readonly hasFacts: boolean;
}

/** The selected value, masked or revealed. */
export function ValuePane({ model, pen, session, rect, isFramed, hasFacts }: ValuePaneProps): ReactElement {
  const { width, height } = insideInset(rect, isFramed);
  const line = selectedLine(model);
  const secret = line && secretOf(model, line.id);
  const key = line && keyOfLine(model, line);
  const name = line ? pen.show(line.id) + (key === undefined ? '' : `#${pen.legible(key)}`) : 'value';
  const isFocused = model.pane === 'value' && model.view.kind === 'browser';
  const value: readonly ValueLine[] =
    line && secret ? valueLines({ model, pen, session, secret, line, width, height, isSteady: false }) : [];
  const facts: readonly ValueLine[] =
    hasFacts && secret && !model.revealed
      ? factLines(model, pen, secret, width).map((spans) => ({ kind: 'text', spans }))
      : [];
  const rows = [...value, ...facts].map(
    (row): PanelRow =>
      row.kind === 'text'
        ? pen.line(row.spans, width)
        : { width, draw: () => pen.line(legibleSpans(pen, row), width) },
  );
  return (
    <Panel pen={pen} rect={rect} isFramed={isFramed} isFocused={isFocused} isInset title={name} rows={rows} />
  );
}

const legibleSpans = (pen: Pen, row: Extract<ValueLine, { kind: 'late' }>) =>
  row.draw().map(({ text, token }) => ({ text: pen.legible(text), token }));
