import { Box, Text } from 'ink';
import type { ReactElement, ReactNode } from 'react';
import { textWidth } from '../../core/text-width.ts';
import { inside, type Rect } from '../layout.ts';
import type { Pen } from '../pen.ts';
import { type Span, span } from '../styled-text.ts';
import { Row } from './row.tsx';

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
  readonly children: ReactNode;
}

/** A pane with a border and a title in it. The sides are two columns of text, so that rows need no padding. */
export function Panel(props: PanelProps): ReactElement {
  const { pen, rect, isFramed, children } = props;
  const { width, height } = inside(rect, isFramed);
  if (!isFramed) {
    return (
      <Box flexDirection="column" width={width} height={height} flexShrink={0}>
        {children}
      </Box>
    );
  }
  const { glyphs } = pen;
  const side = Array.from({ length: height }, () => glyphs.vertical).join('\n');
  const bottom = glyphs.bottomLeft + glyphs.horizontal.repeat(width) + glyphs.bottomRight;
  return (
    <Box flexDirection="column" width={rect.width} height={rect.height} flexShrink={0}>
      <Row text={topBorder(props, width)} />
      <Box height={height} flexShrink={0}>
        {height > 0 && <Text>{side}</Text>}
        <Box
          flexDirection="column"
          width={width}
          height={height}
          flexShrink={0}
          paddingLeft={props.isInset ? 1 : 0}
        >
          {children}
        </Box>
        {height > 0 && <Text>{side}</Text>}
      </Box>
      <Row text={bottom} />
    </Box>
  );
}

function topBorder({ pen, title, note, isFocused }: PanelProps, width: number): string {
  const { glyphs } = pen;
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
  return pen.line(spans, width + 2);
}
