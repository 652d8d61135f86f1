import type { Splice } from '../../../core/splice.ts';
import type { AttributesNode } from '../ast.ts';
import { encodeText } from '../byte-string.ts';
import { isApart, needsBlank, paragraphOf, placeFor, type Spot } from './entry-order.ts';
import type { EntrySet } from './entry-places.ts';
import { alignedTo, styleOf } from './entry-style.ts';
import { entryText, type NewEntry } from './entry-text.ts';
import type { ParsedSource } from './parsed-source.ts';
import { commentAbove, isBlank, lineEndNear, lineEndOf, lineStartOf } from './source-lines.ts';
import type { Statement } from './statements.ts';

/** Puts a new entry beside its siblings: in their order where they have one, else with its directory, else last. */
export function additionTo(parsed: ParsedSource, place: EntrySet, entry: NewEntry): Splice {
  const { text } = parsed.source;
  const { set, statements } = place;
  const style = styleOf(parsed, place);
  const newline = lineEndNear(text, set.end);
  const name = encodeText(entry.key);
  const spot = placeFor(place, name);
  if (spot === null)
    return intoEmpty(text, set, encodeText(entryText(entry, style, newline, null)), style.indent, newline);
  const neighbours = paragraphOf(text, statements, statements.indexOf(spot.beside));
  const line = entryText(entry, style, newline, alignedTo(text, neighbours));
  return besideSibling(parsed, place, spot, name, { indent: style.indent, line: encodeText(line) });
}

/** Puts a statement right beside one of the set, on lines of its own where the others have that. */
export function besideSibling(
  parsed: ParsedSource,
  place: EntrySet,
  spot: Spot,
  name: string,
  { indent, line }: { readonly indent: string; readonly line: string },
): Splice {
  const { text } = parsed.source;
  const { set, statements } = place;
  const newline = lineEndNear(text, set.end);
  const blank = needsBlank(text, place, spot, name) ? newline : '';
  const whole = `${indent}${line}${newline}`;
  return spot.side === 'before'
    ? before(parsed, statements, spot.beside, line, `${whole}${blank}`, blank !== '')
    : after(parsed, set, spot.beside, line, `${blank}${whole}`);
}

/** Above the comment when that is the sibling's own, below it when it heads several. */
function before(
  { source }: ParsedSource,
  statements: readonly Statement[],
  sibling: Statement,
  line: string,
  whole: string,
  apart: boolean,
): Splice {
  const { text, comments } = source;
  const lineStart = lineStartOf(text, sibling.start);
  if (!isBlank(text.slice(lineStart, sibling.start)))
    return { start: sibling.start, end: sibling.start, text: `${line} ` };
  const next = statements[statements.indexOf(sibling) + 1];
  const own = apart || (next !== undefined && isApart(text, sibling, next));
  const start = own ? commentAbove(text, comments, lineStart) : lineStart;
  return { start, end: start, text: whole };
}

function after(
  { source }: ParsedSource,
  set: AttributesNode,
  sibling: Statement,
  line: string,
  whole: string,
): Splice {
  const { text, comments } = source;
  const { end } = sibling;
  const below = lineEndOf(text, end);
  const aside = comments.find(([from, to]) => from >= end && to <= below && isBlank(text.slice(end, from)));
  const free = isBlank(text.slice(aside?.[1] ?? end, below)) && below < set.end;
  if (free) return { start: below, end: below, text: whole };
  const alone = isBlank(text.slice(lineStartOf(text, sibling.start), sibling.start));
  const indent = text.slice(lineStartOf(text, sibling.start), sibling.start);
  return { start: end, end, text: alone ? `${lineEndNear(text, end)}${indent}${line}` : ` ${line}` };
}

function intoEmpty(text: string, set: AttributesNode, line: string, indent: string, newline: string): Splice {
  const brace = text.indexOf('{', set.start);
  const inside = text.slice(brace + 1, set.end - 1);
  if (!isBlank(inside)) {
    // Comments only: behind them.
    const end = set.end - 1;
    const start = lineStartOf(text, end);
    return isBlank(text.slice(start, end))
      ? { start, end: start, text: `${indent}${line}${newline}` }
      : { start: end, end, text: `${newline}${indent}${line}${newline}` };
  }
  const outer = /^[ \t]*/.exec(text.slice(lineStartOf(text, set.start)))?.[0] ?? '';
  return { start: brace + 1, end: set.end - 1, text: `${newline}${indent}${line}${newline}${outer}` };
}
