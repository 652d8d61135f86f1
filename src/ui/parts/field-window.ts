import { textWidth, truncateEnd, truncateStart } from '../../core/text-width.ts';
import type { Pen } from '../pen.ts';
import type { Field } from '../state/field.ts';

/** As much of a line being typed as fits, and the cell of it that the cursor is in. */
export function fieldWindow(
  { text, at }: Field,
  pen: Pen,
  cells: number,
): { readonly shown: string; readonly cursor: number } {
  const [before, after] = [pen.show(text.slice(0, at)), pen.show(text.slice(at))];
  // Some of what follows stays in sight, and a cell for the cursor behind the last character.
  const ahead = Math.min(textWidth(after), Math.floor(cells / 3));
  const lead = truncateStart(before, Math.max(1, cells - 1 - ahead), pen.glyphs.ellipsis);
  const cursor = textWidth(lead);
  return { shown: lead + truncateEnd(after, Math.max(0, cells - 1 - cursor), pen.glyphs.ellipsis), cursor };
}
