import { textWidth, truncateStart } from '../core/text-width.ts';

/**
 * How a column gives way where a line is too long for the terminal. `path`: it loses its beginning, for its end tells
 * which it is. `list`: it loses its last members. Any other stays whole.
 */
export type Yielding = 'path' | 'list';

/** A list gives way to this, then a path to that, then the list to nothing and the path to its end. */
const fewMembers = 20;
const goodPath = 24;
const shortPath = 10;

export const columnGap = 2;

/** The widths of columns in a line of `room` cells; wider than that where even the least does not fit. */
export function fitColumns(
  widths: readonly number[],
  yielding: readonly (Yielding | undefined)[],
  room: number,
): readonly number[] {
  const fitted = [...widths];
  const floors: readonly (readonly [Yielding, number])[] = [
    ['list', fewMembers],
    ['path', goodPath],
    ['list', 1],
    ['path', shortPath],
  ];
  for (const [kind, floor] of floors) {
    for (const [index, width] of fitted.entries()) {
      const excess = lineWidth(fitted) - room;
      if (excess <= 0) return fitted;
      if (yielding[index] === kind) fitted[index] = Math.max(Math.min(floor, width), width - excess);
    }
  }
  return fitted;
}

export const lineWidth = (widths: readonly number[]): number =>
  widths.reduce((sum, width) => sum + width, 0) + columnGap * Math.max(0, widths.length - 1);

/** The text of a cell in so much room. */
export function fitCell(text: string, yields: Yielding | undefined, cells: number, ellipsis: string): string {
  if (yields === undefined || textWidth(text) <= cells) return text;
  return yields === 'path' ? truncateStart(text, cells, ellipsis) : firstMembers(text, cells, ellipsis);
}

/** Whole members only: half a name may be another name. */
function firstMembers(text: string, cells: number, ellipsis: string): string {
  let kept = '';
  for (const member of text.split(', ')) {
    const longer = `${kept}${member}, `;
    if (textWidth(longer) + textWidth(ellipsis) > cells) break;
    kept = longer;
  }
  return `${kept}${ellipsis}`;
}
