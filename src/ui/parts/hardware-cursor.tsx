import { useCursor } from 'ink';
import type { ReactElement, ReactNode } from 'react';

interface HardwareCursorProps {
  readonly x: number;
  readonly y: number;
  readonly children: ReactNode;
}

/**
 * Puts the terminal's own cursor on the selected line or the end of what is being typed: screen readers, magnifiers
 * and braille lines follow it.
 */
export function HardwareCursor({ x, y, children }: HardwareCursorProps): ReactElement {
  useCursor().setCursorPosition({ x, y });
  return <>{children}</>;
}
