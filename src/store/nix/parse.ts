import type { Expression } from './ast.ts';
import { type Cursor, expect } from './cursor.ts';
import { tokenize } from './lexer.ts';
import { parseExpression } from './parse-expression.ts';
import type { Source } from './source.ts';

/** Parses a whole file. Throws a `NixFailure` of kind `syntax`, `unsupported` or `limit`, and nothing else. */
export function parse(source: Source): Expression {
  const cursor: Cursor = {
    source,
    tokens: tokenize(source),
    index: 0,
    depth: 0,
    path: [],
    expression: parseExpression,
  };
  const expression = parseExpression(cursor);
  expect(cursor, 'end-of-file');
  return expression;
}
