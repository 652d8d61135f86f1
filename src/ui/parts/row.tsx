import { Text } from 'ink';
import { memo, type ReactElement } from 'react';

/** One line, already cut to its place and styled. */
export const Row = memo(function Row({ text }: { readonly text: string }): ReactElement {
  return <Text wrap="truncate-end">{text === '' ? ' ' : text}</Text>;
});
