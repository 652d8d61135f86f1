import type { ReactElement } from 'react';
import { inside } from '../layout.ts';
import { Panel } from '../parts/panel.tsx';
import { Row } from '../parts/row.tsx';
import type { Pen } from '../pen.ts';
import type { Model, View } from '../state/model.ts';
import { layoutOf } from '../state/select.ts';
import { type Span, span } from '../styled-text.ts';
import { identitySpans, problemSpans } from './list-view-lines.ts';

interface ListViewProps {
  readonly model: Model;
  readonly pen: Pen;
  readonly view: Extract<View, { readonly kind: 'identities' | 'problems' }>;
}

/** The keys that were found, or what could not be read: one line each, with the reason. */
export function ListView({ model, pen, view }: ListViewProps): ReactElement {
  const { body, isFramed } = layoutOf(model);
  const { width, height } = inside(body, isFramed);
  const isKeys = view.kind === 'identities';
  const lines = isKeys
    ? (model.identities ?? []).map((status) => identitySpans(model, pen, status))
    : model.repository.problems.map((problem) => problemSpans(pen, problem));
  const empty = isKeys ? emptyKeys(model) : 'Everything could be read.';
  return (
    <Panel
      pen={pen}
      rect={body}
      isFramed={isFramed}
      isFocused
      title={isKeys ? 'private keys' : 'not read'}
      note={`${lines.length}`}
    >
      {lines.slice(view.top, view.top + height).map((spans, offset) => {
        const isSelected = view.top + offset === view.cursor;
        const all: Span[] = [span(isSelected ? `${pen.glyphs.pointer} ` : '  '), ...spans];
        const text = isSelected ? pen.selectedLine(all, width, true) : pen.line(all, width);
        // biome-ignore lint/suspicious/noArrayIndexKey: rows are places on the screen
        return <Row key={offset} text={text} />;
      })}
      {lines.length === 0 && <Row text={pen.end(` ${empty}`, width)} />}
    </Panel>
  );
}

const emptyKeys = ({ identities }: Model): string =>
  identities === null ? 'Looking for keys.' : 'No private key was found. keyhole -i FILE names one.';
