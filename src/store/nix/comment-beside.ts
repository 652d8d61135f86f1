import type { Source } from './source.ts';

const blank = /^[ \t;,\])]*$/;

/** Without its marks, one line, or null when nothing is left. */
function plain(raw: string): string | null {
  const inside = raw.startsWith('#') ? raw.replace(/^#+/, '') : raw.slice(2, -2).replace(/\s+/g, ' ');
  const text = inside.trim();
  return text === '' || text.length > 60 ? null : text;
}

/**
 * The comment that a person wrote for the value at `start`…`end`: behind it on its line, else alone on the line right
 * above it.
 */
export function commentBeside(source: Source, start: number, end: number): string | null {
  const { text, comments } = source;
  const lineEnd = text.indexOf('\n', end);
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  let above: string | null = null;
  for (const [from, to] of comments) {
    if (from >= end) {
      const onLine = lineEnd === -1 || from < lineEnd;
      if (onLine && blank.test(text.slice(end, from))) return plain(text.slice(from, to));
      break;
    }
    const alone = blank.test(text.slice(text.lastIndexOf('\n', from - 1) + 1, from));
    const rightAbove =
      text.slice(to, lineStart).trim() === '' && text.slice(to, lineStart).split('\n').length === 2;
    above =
      alone && rightAbove && blank.test(text.slice(lineStart, start)) ? plain(text.slice(from, to)) : null;
  }
  return above;
}
