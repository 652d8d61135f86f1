import { Box } from 'ink';
import type { ReactElement } from 'react';
import { inside, insideInset, splitForDetail } from '../layout.ts';
import { Panel } from '../parts/panel.tsx';
import { Row } from '../parts/row.tsx';
import type { Pen } from '../pen.ts';
import type { Model, View } from '../state/model.ts';
import { layoutOf } from '../state/select.ts';
import { type Span, span, wrapText } from '../styled-text.ts';
import { identitySpans, problemSpans } from './list-view-lines.ts';

interface ListViewProps {
  readonly model: Model;
  readonly pen: Pen;
  readonly view: Extract<View, { readonly kind: 'identities' | 'problems' }>;
}

/**
 * The keys that were found, or what could not be read: one line each, and below them the selected one in full, since
 * a reason that is cut off helps nobody.
 */
export function ListView({ model, pen, view }: ListViewProps): ReactElement {
  const { body, isFramed } = layoutOf(model);
  const { list, detail } = splitForDetail(body);
  const { width, height } = inside(list, isFramed);
  const isKeys = view.kind === 'identities';
  const lines = isKeys
    ? (model.identities ?? []).map((status) => identitySpans(model, pen, status))
    : model.repository.problems.map((problem) => problemSpans(pen, problem));
  const empty = isKeys ? emptyKeys(model) : 'Everything could be read.';
  const title = isKeys ? 'private keys' : 'not read';
  return (
    <Box flexDirection="column" flexShrink={0}>
      <Panel pen={pen} rect={list} isFramed={isFramed} isFocused title={title} note={`${lines.length}`}>
        {lines.slice(view.top, view.top + height).map((spans, offset) => {
          const isSelected = view.top + offset === view.cursor;
          const all: Span[] = [span(isSelected ? `${pen.glyphs.pointer} ` : '  '), ...spans];
          const text = isSelected ? pen.selectedLine(all, width, true) : pen.line(all, width);
          // biome-ignore lint/suspicious/noArrayIndexKey: rows are places on the screen
          return <Row key={offset} text={text} />;
        })}
        {lines.length === 0 && <Row text={pen.end(` ${empty}`, width)} />}
      </Panel>
      {detail && <Detail pen={pen} rect={detail} isFramed={isFramed} spans={lines[view.cursor] ?? []} />}
    </Box>
  );
}

interface DetailProps {
  readonly pen: Pen;
  readonly rect: Parameters<typeof inside>[0];
  readonly isFramed: boolean;
  readonly spans: readonly Span[];
}

function Detail({ pen, rect, isFramed, spans }: DetailProps): ReactElement {
  const { width, height } = insideInset(rect, isFramed);
  const text = spans.map((one) => one.text).join('');
  return (
    <Panel pen={pen} rect={rect} isFramed={isFramed} isFocused={false} isInset title="in full">
      {wrapText(text, width)
        .slice(0, height)
        .map((line, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: rows are places on the screen
          <Row key={index} text={line} />
        ))}
    </Panel>
  );
}

const emptyKeys = ({ identities }: Model): string =>
  identities === null ? 'Looking for keys.' : 'No private key was found. keyhole -i FILE names one.';
