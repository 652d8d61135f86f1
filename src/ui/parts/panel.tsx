import { Box, Text, Transform } from 'ink';
import type { ReactElement } from 'react';
import { textWidth } from '../../core/text-width.ts';
import { inside, type Rect } from '../layout.ts';
import type { Pen } from '../pen.ts';
import { type Span, span } from '../styled-text.ts';

/**
 * A line of a panel, cut and styled; or one that is read from the session while the frame is drawn and never returns
 * more than `width` cells.
 */
export type PanelRow = string | { readonly width: number; readonly draw: () => string };

interface PanelProps {
  readonly pen: Pen;
  readonly rect: Rect;
  readonly isFramed: boolean;
  readonly isFocused: boolean;
  readonly title: string;
  /** At the right end of the top border. */
  readonly note?: string;
  /** A blank cell at either side, where there is a frame. */
  readonly isInset?: boolean;
  readonly rows: readonly PanelRow[];
}

/**
 * A pane with a border and a title in it. All of it is one text, and the right border another, so that rows need no
 * padding: React, Yoga and Ink are paid by the node and by the cell, and the first frame pays cold.
 *
 * Of late rows, React, Yoga and Ink's caches only ever see as many spaces; their text exists in the frame and
 * nowhere else.
 */
export function Panel(props: PanelProps): ReactElement {
  const { pen, rect, isFramed, rows } = props;
  const { height } = inside(rect, isFramed);
  const { glyphs } = pen;
  const left = isFramed ? glyphs.vertical + (props.isInset ? ' ' : '') : '';
  const lines = Array.from({ length: height }, (_, index) => left + placeholder(rows[index]));
  const text = isFramed ? [topBorder(props), ...lines, bottomBorder(props)].join('\n') : lines.join('\n');
  const isLate = rows.some((row) => typeof row !== 'string');
  const draw = (line: string, index: number): string => {
    const row = rows[isFramed ? index - 1 : index];
    return row === undefined || typeof row === 'string' ? line : left + row.draw();
  };
  return (
    <Box width={rect.width} height={rect.height} flexShrink={0}>
      {isLate ? <Transform transform={draw}>{text}</Transform> : <Text wrap="truncate-end">{text}</Text>}
      {isFramed && height > 0 && (
        <Box position="absolute" top={1} left={rect.width - 1}>
          <Text>{Array.from({ length: height }, () => glyphs.vertical).join('\n')}</Text>
        </Box>
      )}
    </Box>
  );
}

/** A blank line would be dropped from the end of the text. */
function placeholder(row: PanelRow | undefined): string {
  if (row === undefined || row === '') return ' ';
  return typeof row === 'string' ? row : ' '.repeat(row.width);
}

function topBorder({ pen, rect, title, note, isFocused }: PanelProps): string {
  const { glyphs } = pen;
  const width = rect.width - 2;
  const room = width - 4;
  if (room < 4) return glyphs.topLeft + glyphs.horizontal.repeat(width) + glyphs.topRight;
  const end = note === undefined ? '' : ` ${pen.end(note, room - 4)} `;
  const name = pen.middle(title, Math.max(1, room - textWidth(end)));
  const gap = width - 3 - textWidth(name) - textWidth(end);
  const spans: Span[] = [
    span(`${glyphs.topLeft}${glyphs.horizontal} `),
    span(name, isFocused ? 'title' : 'plain'),
    span(` ${glyphs.horizontal.repeat(Math.max(0, gap - 1))}`),
    span(end),
    span(`${glyphs.horizontal}${glyphs.topRight}`),
  ];
  return pen.line(spans, rect.width);
}

const bottomBorder = ({ pen: { glyphs }, rect }: PanelProps): string =>
  glyphs.bottomLeft + glyphs.horizontal.repeat(rect.width - 2) + glyphs.bottomRight;
