import type { Expression } from '../ast.ts';
import { encodeText } from '../byte-string.ts';
import type { Token } from '../token.ts';
import type { EntrySet } from './entry-places.ts';
import { type ParsedSource, tokenFrom } from './parsed-source.ts';

/** A range with the parentheses around it. */
export interface Whole {
  readonly start: number;
  readonly end: number;
}

/** One recipient of an expression like `users ++ [ alice bob ]`: an operand, or an item of a list that is one. */
export interface RecipientPart extends Whole {
  readonly text: string;
  /** The operand it is, or is in. */
  readonly operand: Operand;
  /** Its position in the list. */
  readonly item: number | null;
}

export interface Operand extends Whole {
  readonly node: Expression;
  readonly items: readonly Whole[] | null;
}

/** The expression that an entry has its readers from, when it is written in the entry itself. */
export function readersExpression({ set, entries }: EntrySet, key: string): Expression | null {
  const computed = set.dynamic.find(({ start }) =>
    entries.get(key)?.some((statement) => statement.start === start),
  );
  const entry = set.bindings.get(encodeText(key)) ?? computed;
  if (entry?.value.type !== 'attributes' || ('inherits' in entry && entry.inherits !== 'no')) return null;
  const readers = entry.value.bindings.get('publicKeys');
  return readers === undefined || readers.inherits !== 'no' ? null : readers.value;
}

/** Under the `with`s that it may start with. */
export function bodyOfReaders(expression: Expression): Expression {
  let node = expression;
  while (node.type === 'with') node = node.body;
  return node;
}

/** The operands of `++`, in order. */
export function operandsOf(parsed: ParsedSource, expression: Expression): readonly Operand[] {
  const found: Operand[] = [];
  const visit = (node: Expression): void => {
    if (node.type === 'binary' && node.operator === '++') {
      visit(node.left);
      visit(node.right);
      return;
    }
    const items = node.type === 'list' ? node.items.map((item) => wholeOf(parsed.tokens, item)) : null;
    found.push({ ...wholeOf(parsed.tokens, node), node, items });
  };
  visit(bodyOfReaders(expression));
  return found;
}

export function partsOf({ source }: ParsedSource, operands: readonly Operand[]): readonly RecipientPart[] {
  const textOf = ({ start, end }: Whole): string => source.text.slice(start, end).replace(/\s+/g, ' ');
  return operands.flatMap((operand): RecipientPart[] =>
    operand.items === null
      ? [{ start: operand.start, end: operand.end, text: textOf(operand), operand, item: null }]
      : operand.items.map((whole, item) => ({ ...whole, text: textOf(whole), operand, item })),
  );
}

/** Widened by the parentheses right around a node, of which the tree knows nothing. */
function wholeOf(tokens: readonly Token[], { start, end }: Expression): Whole {
  let first = tokenFrom(tokens, start);
  let behind = tokenFrom(tokens, end);
  while (tokens[first - 1]?.kind === '(' && tokens[behind]?.kind === ')') {
    first -= 1;
    behind += 1;
  }
  return { start: tokens[first]?.start ?? start, end: tokens[behind - 1]?.end ?? end };
}
