import type { ReactElement } from 'react';
import { insideInset, type Rect } from '../layout.ts';
import type { Pen } from '../pen.ts';
import type { Model } from '../state/model.ts';
import { selectedSecret } from '../state/select.ts';
import { factLines } from './fact-lines.ts';
import { Panel } from './panel.tsx';

interface FactsProps {
  readonly model: Model;
  readonly pen: Pen;
  readonly rect: Rect;
  readonly isFramed: boolean;
}

/** Readers, rule, size and last change of the selected secret. */
export function Facts({ model, pen, rect, isFramed }: FactsProps): ReactElement {
  const { width, height } = insideInset(rect, isFramed);
  const secret = selectedSecret(model);
  const lines = secret ? factLines(model, pen, secret, width) : [];
  const top = Math.max(0, Math.min(model.factsTop, lines.length - height));
  const isFocused = model.pane === 'facts' && model.view.kind === 'browser';
  const rows = lines.slice(top).map((spans) => pen.line(spans, width));
  const isCut = lines.length > height;
  const note = `${top + 1}-${Math.min(top + height, lines.length)} of ${lines.length}`;
  return (
    <Panel
      pen={pen}
      rect={rect}
      isFramed={isFramed}
      isFocused={isFocused}
      isInset
      title="facts"
      {...(isCut && { note })}
      rows={rows}
    />
  );
}
