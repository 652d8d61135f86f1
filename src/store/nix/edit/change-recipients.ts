import type { Splice } from '../../../core/splice.ts';
import type { Expression } from '../ast.ts';
import { encodeText } from '../byte-string.ts';
import { type ParsedSource, tokenFrom } from './parsed-source.ts';
import { bodyOfReaders, type Operand, operandsOf, type RecipientPart } from './recipient-parts.ts';
import type { RecipientOffer } from './rules-change.ts';
import { commentAbove, isBlank, lineEndNear, lineEndOf, lineStartOf } from './source-lines.ts';

/** Ways to add a recipient to an expression, the nearest to how it is written first. */
export function grantSplices(
  parsed: ParsedSource,
  expression: Expression,
  offer: RecipientOffer,
): readonly Splice[][] {
  const { text } = parsed.source;
  const operands = operandsOf(parsed, expression);
  const last = operands.at(-1);
  if (last === undefined) return [];
  const written = encodeText(offer.text);
  const list = offer.kind === 'key' ? operands.findLast(({ items }) => items !== null) : undefined;
  const pad = operands.some(
    ({ node, items }) => items?.length !== 0 && /^\[\S/.test(text.slice(node.start, node.end)),
  )
    ? ''
    : ' ';
  const term = offer.kind === 'group' ? written : `[${pad}${written}${pad}]`;
  const body = bodyOfReaders(expression);
  const simple = ['binary', 'list', 'variable', 'select', 'apply', 'attributes'].includes(body.type);
  return [
    ...(list === undefined ? [] : [[intoList(parsed, list, written)]]),
    ...(simple ? [[appended(parsed, last, term)]] : []),
    [
      { start: body.start, end: body.start, text: '(' },
      { start: body.end, end: body.end, text: `) ++ ${term}` },
    ],
  ];
}

function intoList({ source }: ParsedSource, { node, items }: Operand, written: string): Splice {
  const { text, comments } = source;
  const last = items?.at(-1);
  if (last === undefined) return { start: node.start, end: node.end, text: `[ ${written} ]` };
  const lineStart = lineStartOf(text, last.start);
  const below = lineEndOf(text, last.end);
  if (!isBlank(text.slice(lineStart, last.start)) || below > node.end)
    return { start: last.end, end: last.end, text: ` ${written}` };
  const aside = comments.find(
    ([from, to]) => from >= last.end && to <= below && isBlank(text.slice(last.end, from)),
  );
  if (!isBlank(text.slice(aside?.[1] ?? last.end, below)))
    return { start: last.end, end: last.end, text: ` ${written}` };
  const line = `${text.slice(lineStart, last.start)}${written}${lineEndNear(text, last.end)}`;
  return { start: below, end: below, text: line };
}

function appended({ source, tokens }: ParsedSource, { start, end }: Operand, term: string): Splice {
  const { text } = source;
  const plus = tokens[tokenFrom(tokens, start) - 1];
  // `++` at the start of its own lines stays there.
  const lineStart = lineStartOf(text, start);
  const tall = plus?.kind === '++' && plus.start >= lineStart && isBlank(text.slice(lineStart, plus.start));
  const gap = tall ? `${lineEndNear(text, end)}${text.slice(lineStart, plus.start)}` : ' ';
  return { start: end, end, text: `${gap}++ ${term}` };
}

/** Takes a part out; `null` when nothing would be left. */
export function revokeSplice(
  parsed: ParsedSource,
  operands: readonly Operand[],
  part: RecipientPart,
): Splice | null {
  const { items } = part.operand;
  if (part.item === null || items === null || items.length === 1) {
    return operands.length === 1 ? null : withoutOperand(parsed, part.operand);
  }
  return withoutItem(parsed, part, items[part.item + 1]?.start ?? null);
}

function withoutItem(
  { source }: ParsedSource,
  { start, end, item }: RecipientPart,
  next: number | null,
): Splice {
  const { text, comments } = source;
  const lineStart = lineStartOf(text, start);
  const below = lineEndOf(text, end);
  const aside = comments.find(([from, to]) => from >= end && to <= below && isBlank(text.slice(end, from)));
  if (isBlank(text.slice(lineStart, start)) && isBlank(text.slice(aside?.[1] ?? end, below))) {
    return {
      start: next === null || item !== 0 ? commentIfOwn(text, comments, lineStart, below) : lineStart,
      end: below,
      text: '',
    };
  }
  if (item === 0 && next !== null) return { start, end: next, text: '' };
  return { start: text.slice(0, start).trimEnd().length, end, text: '' };
}

/** A comment above an item is the item's own when a comment is above the next one too, or the list ends. */
function commentIfOwn(
  text: string,
  comments: readonly (readonly [number, number])[],
  lineStart: number,
  below: number,
): number {
  const next = text.slice(below, lineEndOf(text, below)).trimStart();
  return next.startsWith('#') || next.startsWith(']') ? commentAbove(text, comments, lineStart) : lineStart;
}

/** With the `++` before it, or behind it for the first. */
function withoutOperand({ source, tokens }: ParsedSource, { start, end }: Operand): Splice {
  const first = tokenFrom(tokens, start);
  const behind = tokenFrom(tokens, end);
  const before = tokens[first - 1];
  if (before?.kind === '++') {
    const left = tokens[first - 2]?.end ?? before.start;
    const clean = isBlank(source.text.slice(left, before.start));
    return { start: clean ? left : before.start, end, text: '' };
  }
  return { start, end: tokens[behind + 1]?.start ?? end, text: '' };
}
