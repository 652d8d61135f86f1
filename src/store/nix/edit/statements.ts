import type { AttributesNode } from '../ast.ts';
import { withoutEscapes } from '../parse-string.ts';
import type { Token } from '../token.ts';
import { type ParsedSource, tokenFrom } from './parsed-source.ts';

/** One part of an attribute path as written. */
export interface NamePart {
  readonly start: number;
  readonly end: number;
  /** A byte string; `null` when it is computed. */
  readonly name: string | null;
  readonly quoted: boolean;
}

/** `a.b = value;` or `inherit …;` as written in an attribute set. */
export interface Statement {
  readonly start: number;
  /** Behind the `;`. */
  readonly end: number;
  /** The attribute path, or the names that an `inherit` lists. */
  readonly names: readonly NamePart[];
  /** Offset of the `=`; `null` for `inherit`. */
  readonly equals: number | null;
}

/** The statements of a set in the order of the text; those that add to it from outside are not among them. */
export function statementsOf(parsed: ParsedSource, set: AttributesNode): readonly Statement[] {
  const ranges = new Map<number, number>();
  gather(set, ranges);
  return [...ranges]
    .filter(([start]) => start >= set.start && start < set.end)
    .sort(([one], [other]) => one - other)
    .map(([start, end]) => readStatement(parsed, start, end));
}

/**
 * The parser merges `a.b = …; a.c = …;` into one set. What it made itself has no range; what was written has one, also
 * inside a literal set that a later statement adds to.
 */
function gather(set: AttributesNode, ranges: Map<number, number>): void {
  for (const { start, end, value } of [...set.bindings.values(), ...set.dynamic]) {
    if (end > start) ranges.set(start, end);
    if (value.type !== 'attributes') continue;
    if (end === start) gather(value, ranges);
    else
      for (const one of value.bindings.values())
        if (one.end > one.start && outside(one.start, value)) ranges.set(one.start, one.end);
  }
}

const outside = (offset: number, node: AttributesNode): boolean => offset < node.start || offset >= node.end;

function readStatement({ source, tokens }: ParsedSource, start: number, end: number): Statement {
  let index = tokenFrom(tokens, start);
  if (tokens[index]?.kind === 'inherit')
    return { start, end, names: inheritedNames(source.text, tokens, index, end), equals: null };
  const names: NamePart[] = [];
  for (;;) {
    const { part, next } = readName(source.text, tokens, index);
    names.push(part);
    index = next;
    if (tokens[index]?.kind !== '.') break;
    index += 1;
  }
  return { start, end, names, equals: tokens[index]?.start ?? null };
}

function inheritedNames(
  text: string,
  tokens: readonly Token[],
  inherit: number,
  end: number,
): readonly NamePart[] {
  let index = inherit + 1;
  if (tokens[index]?.kind === '(') index = closing(tokens, index) + 1;
  const names: NamePart[] = [];
  while ((tokens[index]?.start ?? end) < end - 1) {
    const { part, next } = readName(text, tokens, index);
    names.push(part);
    index = next;
  }
  return names;
}

function readName(text: string, tokens: readonly Token[], index: number): { part: NamePart; next: number } {
  const token = tokens[index];
  const start = token?.start ?? 0;
  if (token?.kind === '"' || token?.kind === '${') {
    const close = closing(tokens, index);
    const end = tokens[close]?.end ?? start;
    const inside = tokens.slice(index + 1, close);
    const plain = token.kind === '"' && inside.every(({ kind }) => kind === 'text');
    const raw = text.slice(start + 1, end - 1);
    return { part: { start, end, name: plain ? withoutEscapes(raw) : null, quoted: true }, next: close + 1 };
  }
  const end = token?.end ?? start;
  return { part: { start, end, name: text.slice(start, end), quoted: false }, next: index + 1 };
}

const openers: ReadonlySet<string> = new Set(['(', '[', '{', '${', '"', "''", 'path-start']);
const closers: ReadonlySet<string> = new Set([')', ']', '}', 'end-"', "end-''", 'path-end']);

/** Index of the token that closes the one at `index`. */
export function closing(tokens: readonly Token[], index: number): number {
  let depth = 0;
  for (let at = index; at < tokens.length; at += 1) {
    const kind = tokens[at]?.kind ?? '';
    if (openers.has(kind)) depth += 1;
    else if (closers.has(kind)) depth -= 1;
    if (depth === 0) return at;
  }
  return tokens.length - 1;
}
