import type { Expression, Formal, LambdaNode } from './ast.ts';
import { accept, type Cursor, endOfLast, expect, failAt, peek, textOf, unnamed } from './cursor.ts';

/** Whether the `{` at the cursor opens a lambda's pattern. */
export function isPattern(cursor: Cursor): boolean {
  const first = peek(cursor, 1).kind;
  const second = peek(cursor, 2).kind;
  if (first === '...') return true;
  if (first === '}') return second === ':' || second === '@';
  if (first !== 'identifier') return false;
  if (second === ',' || second === '?') return true;
  const third = peek(cursor, 3).kind;
  return second === '}' && (third === ':' || third === '@');
}

function parsePattern(cursor: Cursor): NonNullable<LambdaNode['pattern']> {
  expect(cursor, '{');
  const formals: Formal[] = [];
  let open = false;
  while (!open && peek(cursor).kind !== '}') {
    if (accept(cursor, '...')) open = true;
    else {
      const token = expect(cursor, 'identifier');
      const name = textOf(cursor, token);
      if (formals.some((formal) => formal.name === name)) {
        failAt(cursor, token.start, `argument ${name} is named twice`);
      }
      formals.push({ name, fallback: accept(cursor, '?') ? cursor.expression(cursor) : null });
    }
    if (peek(cursor).kind !== '}' && !open) expect(cursor, ',');
  }
  expect(cursor, '}');
  return { formals, open };
}

/** A lambda at the cursor: `x: …`, `{ … }: …`, or both with `@`. */
export function parseLambda(cursor: Cursor): Expression {
  const { start } = peek(cursor);
  let parameter: string | null = null;
  let pattern: LambdaNode['pattern'] = null;
  const name = () => textOf(cursor, expect(cursor, 'identifier'));
  if (peek(cursor).kind === '{') {
    pattern = parsePattern(cursor);
    if (accept(cursor, '@')) parameter = name();
  } else {
    parameter = name();
    if (accept(cursor, '@')) pattern = parsePattern(cursor);
  }
  if (pattern?.formals.some((formal) => formal.name === parameter)) {
    failAt(cursor, start, `argument ${parameter} is named twice`);
  }
  expect(cursor, ':');
  const body = unnamed(cursor, () => cursor.expression(cursor));
  return { type: 'lambda', source: cursor.source, start, end: endOfLast(cursor), parameter, pattern, body };
}
