import type { Splice } from '../../../core/splice.ts';
import type { EntrySet } from './entry-places.ts';
import type { ParsedSource } from './parsed-source.ts';
import { commentAbove, isBlank, lineEndOf, lineStartOf } from './source-lines.ts';
import type { Statement } from './statements.ts';

/** Takes the statements of an entry out, with the comments that are theirs. */
export function removalOf(
  parsed: ParsedSource,
  { set, statements, entries }: EntrySet,
  key: string,
): readonly Splice[] {
  const own = entries.get(key) ?? [];
  return own.map((statement) => {
    const inherited = statement.equals === null && statement.names.length > 1;
    if (inherited) return withoutName(parsed, statement, key);
    const range = rangeOf(parsed, statement);
    const neighbours = statements.filter((one) => one !== statement);
    return { ...withBlankLine(parsed.source.text, range, set, neighbours.length === 0), text: '' };
  });
}

interface Range {
  readonly start: number;
  readonly end: number;
}

/** One name of several in an `inherit`. */
function withoutName({ source }: ParsedSource, statement: Statement, key: string): Splice {
  const part = statement.names.find(({ name }) => name === Buffer.from(key, 'utf8').toString('latin1'));
  const end = part?.end ?? statement.end;
  const start = part?.start ?? statement.end;
  return { start: source.text.slice(0, start).trimEnd().length, end, text: '' };
}

/**
 * The statement; where it has its lines for itself, these, with a comment behind it, and with the comment above it
 * when the two make up a paragraph: a comment above more than one entry is about them all.
 */
function rangeOf({ source }: ParsedSource, { start, end }: Statement): Range {
  const { text, comments } = source;
  const lineStart = lineStartOf(text, start);
  const lineEnd = lineEndOf(text, end);
  const behind = comments.find(
    ([from, to]) => from >= end && to <= lineEnd && isBlank(text.slice(end, from)),
  );
  const rest = behind === undefined ? text.slice(end, lineEnd) : text.slice(behind[1], lineEnd);
  if (!isBlank(text.slice(lineStart, start)) || !isBlank(rest)) {
    // On a line with others: with the blanks before it, or after it when nothing else is before.
    const before = text.slice(0, start).trimEnd().length;
    const blanks = text.slice(end).length - text.slice(end).trimStart().length;
    return before > lineStart ? { start: before, end } : { start, end: end + blanks };
  }
  const above = commentAbove(source.text, comments, lineStart);
  const paragraph = isBlank(lineAt(text, lineEnd)) || /^\s*[}\]]/.test(lineAt(text, lineEnd));
  const previous = lineBefore(text, above);
  const alone = paragraph && (isBlank(previous) || /[{(]\s*$/.test(previous));
  return { start: alone ? above : lineStart, end: lineEnd };
}

const lineAt = (text: string, start: number): string => text.slice(start, lineEndOf(text, start));
const lineBefore = (text: string, start: number): string =>
  start === 0 ? '' : text.slice(lineStartOf(text, start - 1), start);

/** Whole lines go with one of two blank lines around them, or with the one that would be left at a brace. */
function withBlankLine(text: string, range: Range, set: Range, last: boolean): Range {
  const { start, end } = range;
  if (start !== lineStartOf(text, start) || last || end <= start || text.charAt(end - 1) !== '\n')
    return range;
  const before = lineBefore(text, start);
  const after = lineAt(text, end);
  const blankBefore = start > set.start && isBlank(before) && before !== '';
  const blankAfter = isBlank(after) && after !== '';
  const closes = lineEndOf(text, end) > set.end - 1;
  if (blankBefore && (blankAfter || closes)) return { start: start - before.length, end };
  const opens = lineStartOf(text, start - 1) <= set.start;
  return blankAfter && opens ? { start, end: end + after.length } : range;
}
