import { Box } from 'ink';
import type { ReactElement } from 'react';
import { inside, insideInset, type Rect, splitForDetail } from '../layout.ts';
import { Panel } from '../parts/panel.tsx';
import type { Pen } from '../pen.ts';
import { keyPlacesOf } from '../state/key-places.ts';
import type { Model, View } from '../state/model.ts';
import { layoutOf } from '../state/select.ts';
import { type Span, span, wrapText } from '../styled-text.ts';
import { keyPlaceSpans, problemSpans } from './list-view-lines.ts';

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
    ? keyPlacesOf(model).map((place) => keyPlaceSpans(model, pen, place))
    : model.repository.problems.map((problem) => problemSpans(pen, problem));
  const empty = isKeys ? emptyKeys(model) : 'Everything could be read.';
  const title = isKeys ? 'private keys' : 'problems';
  const rows = lines.slice(view.top, view.top + height).map((spans, offset) => {
    const isSelected = view.top + offset === view.cursor;
    const all: Span[] = [span(isSelected ? `${pen.glyphs.pointer} ` : '  '), ...spans];
    return isSelected ? pen.selectedLine(all, width, true) : pen.line(all, width);
  });
  return (
    <Box flexDirection="column" flexShrink={0}>
      <Panel
        pen={pen}
        rect={list}
        isFramed={isFramed}
        isFocused
        title={title}
        note={`${isKeys ? (model.identities?.length ?? 0) : lines.length}`}
        rows={rows.length > 0 ? rows : [pen.end(` ${empty}`, width)]}
      />
      {detail && (
        <Panel
          pen={pen}
          rect={detail}
          isFramed={isFramed}
          isFocused={false}
          isInset
          title="in full"
          rows={inFull(lines[view.cursor] ?? [], pen, insideInset(detail, isFramed))}
        />
      )}
    </Box>
  );
}

const emptyKeys = ({ identities }: Model): string =>
  identities === null ? 'Looking for keys.' : 'No private key was found. keyhole -i FILE names one.';

/** Words on as many lines as there are; the last of them is cut where that is not enough. */
function inFull(spans: readonly Span[], pen: Pen, { width, height }: Rect): readonly string[] {
  const lines = wrapText(spans.map(({ text }) => text).join(''), width);
  if (lines.length <= height) return lines;
  return [...lines.slice(0, height - 1), pen.end(lines.slice(height - 1).join(' '), width)];
}
