import { Text, Transform } from 'ink';
import { memo, type ReactElement } from 'react';

/** One line, already cut to its place and styled. Memoised: Ink pays for every line that React touches. */
export const Row = memo(function Row({ text }: { readonly text: string }): ReactElement {
  return <Text wrap="truncate-end">{text === '' ? ' ' : text}</Text>;
});

/**
 * One line that is read from the session while the frame is drawn. React, Yoga and Ink's caches only ever see as
 * many spaces; the text exists in the frame and nowhere else. `draw` never returns more than `width` cells.
 */
export function LateRow({
  width,
  draw,
}: {
  readonly width: number;
  readonly draw: () => string;
}): ReactElement {
  return (
    <Transform transform={draw}>
      <Text>{' '.repeat(width)}</Text>
    </Transform>
  );
}
