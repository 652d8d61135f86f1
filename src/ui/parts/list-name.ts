import { textWidth, truncateEnd } from '../../core/text-width.ts';
import type { Pen } from '../pen.ts';
import type { ListLine } from '../state/model.ts';
import { markRanges, type Span } from '../styled-text.ts';

/** So much of a file's name stays beside a key, however long the key is. */
const shortestFile = 12;

/**
 * The name of a line of the list within `cells`, the hits of a search marked. `directory` is what the title says for
 * all of them. Where `file#key` is too long the file gives way at its end: the directories tell the files apart that
 * have the same key.
 */
export function listName(pen: Pen, line: ListLine, directory: string, cells: number): Span[] {
  const whole = pen.show(line.id);
  const lead = pen.show(directory);
  const hidden = whole.startsWith(lead) ? lead.length : 0;
  // Where ASCII replaced letters, the hits no longer stand where they were found.
  const isShifted = pen.legible(line.key ?? line.id) !== (line.key ?? line.id);
  const ranges = isShifted ? [] : line.ranges;
  const file = whole.slice(hidden);
  if (line.key === undefined) {
    const moved = ranges.map(([start, end]) => [Math.max(0, start - hidden), end - hidden] as const);
    return markRanges(
      file,
      moved.filter(([start, end]) => end > start),
      cells,
      pen.glyphs.ellipsis,
    );
  }
  const key = `#${pen.legible(line.key)}`;
  const room = Math.max(shortestFile, cells - textWidth(key));
  const shown = textWidth(file) > room ? truncateEnd(file, room, pen.glyphs.ellipsis) : file;
  const shift = shown.length + 1;
  return markRanges(
    shown + key,
    ranges.map(([start, end]) => [start + shift, end + shift] as const),
    cells,
    pen.glyphs.ellipsis,
  );
}
