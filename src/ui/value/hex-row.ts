import { hexLines } from '../../core/hex-view.ts';
import { type Span, span } from '../styled-text.ts';

/** Bytes per line, and the cells such a line takes. */
const steps: readonly (readonly [bytes: number, cells: number])[] = [
  [16, 76],
  [8, 43],
  [4, 27],
  [2, 19],
];

/** As many bytes as fit, in the steps people are used to. */
export const bytesPerHexRow = (width: number): number => steps.find(([, cells]) => cells <= width)?.[0] ?? 1;

/** The line that starts at byte `start`. */
export function hexRow(bytes: Uint8Array, start: number, width: number): readonly Span[] {
  const perLine = bytesPerHexRow(width);
  return hexLines(bytes, start / perLine, 1, perLine).flatMap(({ offset, hex, text }) => [
    span(`${offset}  `, 'quiet'),
    span(`${hex}  `),
    span(text, 'key'),
  ]);
}
