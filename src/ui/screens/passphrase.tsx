import type { ReactElement } from 'react';
import { inside } from '../layout.ts';
import { Panel } from '../parts/panel.tsx';
import type { Pen } from '../pen.ts';
import type { Model, View } from '../state/model.ts';
import { layoutOf } from '../state/select.ts';
import { type Span, span, wrapText } from '../styled-text.ts';

interface PassphraseProps {
  readonly model: Model;
  readonly pen: Pen;
  readonly view: Extract<View, { readonly kind: 'passphrase' }>;
}

export const passphrasePrompt = ' passphrase ';

/** Asks for the passphrase of one key. What is typed is not here: the mask only says that something is. */
export function Passphrase({ model, pen, view }: PassphraseProps): ReactElement {
  const { body, isFramed } = layoutOf(model);
  const { width } = inside(body, isFramed);
  const wrapped = (text: string, token: Span['token']): Span[][] =>
    wrapText(text, width - 2).map((line) => [span(` ${line}`, token)]);
  const lines: readonly (readonly Span[])[] = [
    [span(passphrasePrompt, 'title'), span(view.isFilled ? pen.glyphs.mask : pen.glyphs.caret)],
    ...wrapped(`of ${pen.legible(view.origin)}`, 'plain'),
    ...(view.attempt > 1 ? wrapped('That was not the passphrase. Once more, or Esc.', 'warning') : []),
    [],
    ...wrapped('Asked once; it opens every file for this key until L or quit.', 'quiet'),
  ];
  const rows = lines.map((spans) => pen.line(spans, width));
  return <Panel pen={pen} rect={body} isFramed={isFramed} isFocused title="unlock" rows={rows} />;
}
