import type { BinaryOperator, Expression } from './ast.ts';
import {
  accept,
  type Cursor,
  deeper,
  endOfLast,
  expect,
  failAt,
  peek,
  take,
  textOf,
  unnamed,
} from './cursor.ts';
import { NixFailure } from './nix-failure.ts';
import { parseAttributePath, parseBindings } from './parse-bindings.ts';
import { isPattern, parseLambda } from './parse-lambda.ts';
import { parseIndented, parsePath, parseQuoted } from './parse-string.ts';

/** Binding strength and side of each operator (Nix: parser.y); `none` does not chain. */
const operators = {
  '->': [1, 'right'],
  '||': [2, 'left'],
  '&&': [3, 'left'],
  '==': [4, 'none'],
  '!=': [4, 'none'],
  '<': [5, 'none'],
  '>': [5, 'none'],
  '<=': [5, 'none'],
  '>=': [5, 'none'],
  '//': [6, 'right'],
  '+': [8, 'left'],
  '-': [8, 'left'],
  '*': [9, 'left'],
  '/': [9, 'left'],
  '++': [10, 'right'],
} as const satisfies Record<BinaryOperator, readonly [number, string]>;

const notLevel = 7;
const hasLevel = 11;
const negateLevel = 12;

const isOperator = (kind: string): kind is BinaryOperator => kind in operators;

const startsOperand: ReadonlySet<string> = new Set([
  'identifier',
  'int',
  'float',
  'path',
  'path-start',
  'search-path',
  'uri',
  '"',
  "''",
  '(',
  '{',
  '[',
  'rec',
  'let',
]);

/** A whole expression: lambda, `assert`, `with`, `let`, `if`, or operators. */
export function parseExpression(cursor: Cursor): Expression {
  deeper(cursor);
  const value = parseWhole(cursor);
  cursor.depth--;
  return value;
}

function parseWhole(cursor: Cursor): Expression {
  const token = peek(cursor);
  const { source } = cursor;
  const { start } = token;
  const done = () => ({ source, start, end: endOfLast(cursor) });
  switch (token.kind) {
    case 'identifier': {
      const next = peek(cursor, 1).kind;
      return next === ':' || next === '@' ? parseLambda(cursor) : parseOperators(cursor, 0);
    }
    case '{':
      return isPattern(cursor) ? parseLambda(cursor) : parseOperators(cursor, 0);
    case 'assert':
    case 'with': {
      take(cursor);
      const first = parseExpression(cursor);
      expect(cursor, ';');
      const body = parseExpression(cursor);
      return token.kind === 'with'
        ? { type: 'with', ...done(), scope: first, body }
        : { type: 'assert', ...done(), condition: first, body };
    }
    case 'let': {
      if (peek(cursor, 1).kind === '{') break;
      take(cursor);
      const bindings = parseBindings(cursor, start, 'in', true);
      const body = parseExpression(cursor);
      return { type: 'let', ...done(), bindings, body };
    }
    case 'if': {
      take(cursor);
      const condition = parseExpression(cursor);
      expect(cursor, 'then');
      const then = parseExpression(cursor);
      expect(cursor, 'else');
      const otherwise = parseExpression(cursor);
      return { type: 'if', ...done(), condition, then, otherwise };
    }
  }
  return parseOperators(cursor, 0);
}

/** Operators that bind at least as strongly as `level`. */
function parseOperators(cursor: Cursor, level: number): Expression {
  const { source } = cursor;
  const { start } = peek(cursor);
  let left = parsePrefix(cursor);
  let chained = 0;
  for (;;) {
    const { kind } = peek(cursor);
    if (kind === '?' && hasLevel >= level && chained !== hasLevel) {
      take(cursor);
      const path = parseAttributePath(cursor);
      left = { type: 'has', source, start, end: endOfLast(cursor), subject: left, path };
      chained = hasLevel;
      continue;
    }
    if (!isOperator(kind)) return left;
    const [strength, side] = operators[kind];
    if (strength < level) return left;
    if (side === 'none' && chained === strength) {
      failAt(cursor, peek(cursor).start, `${kind} does not chain`);
    }
    take(cursor);
    deeper(cursor);
    const right = parseOperators(cursor, side === 'right' ? strength : strength + 1);
    cursor.depth--;
    left = { type: 'binary', source, start, end: endOfLast(cursor), operator: kind, left, right };
    chained = side === 'none' ? strength : 0;
  }
}

function parsePrefix(cursor: Cursor): Expression {
  const { kind, start } = peek(cursor);
  if (kind !== '!' && kind !== '-') return parseApplication(cursor);
  take(cursor);
  deeper(cursor);
  const operand = parseOperators(cursor, kind === '!' ? notLevel : negateLevel);
  cursor.depth--;
  return { type: 'unary', source: cursor.source, start, end: endOfLast(cursor), operator: kind, operand };
}

function parseApplication(cursor: Cursor): Expression {
  const { start } = peek(cursor);
  let fn = parseSelect(cursor);
  while (startsOperand.has(peek(cursor).kind)) {
    const argument = parseSelect(cursor);
    fn = { type: 'apply', source: cursor.source, start, end: endOfLast(cursor), fn, argument };
  }
  return fn;
}

function parseSelect(cursor: Cursor): Expression {
  const { start } = peek(cursor);
  deeper(cursor);
  const subject = parseOperand(cursor);
  if (!accept(cursor, '.')) {
    cursor.depth--;
    return subject;
  }
  const path = parseAttributePath(cursor);
  const fallback = accept(cursor, 'or') ? parseSelect(cursor) : null;
  cursor.depth--;
  return { type: 'select', source: cursor.source, start, end: endOfLast(cursor), subject, path, fallback };
}

function parseOperand(cursor: Cursor): Expression {
  const token = peek(cursor);
  const { source } = cursor;
  const { start, end } = token;
  switch (token.kind) {
    case '"':
      return parseQuoted(cursor);
    case "''":
      return parseIndented(cursor);
    case 'path':
    case 'path-start':
      return parsePath(cursor);
    case 'let':
      if (peek(cursor, 1).kind !== '{') return failAt(cursor, start, 'unexpected let');
      throw new NixFailure('unsupported', 'the old form let { … } is not supported', { source, start });
  }
  take(cursor);
  switch (token.kind) {
    case 'identifier':
      return { type: 'variable', source, start, end, name: textOf(cursor, token) };
    case 'int': {
      const value = BigInt(textOf(cursor, token));
      if (value >= 1n << 63n) failAt(cursor, start, 'an integer is too large');
      return { type: 'int', source, start, end, value };
    }
    case 'float':
      return { type: 'float', source, start, end, value: Number(textOf(cursor, token)) };
    case 'uri':
      return { type: 'string', style: 'uri', source, start, end, parts: [textOf(cursor, token)] };
    case 'search-path':
      return { type: 'search-path', source, start, end, name: textOf(cursor, token).slice(1, -1) };
    case '(': {
      const inner = parseExpression(cursor);
      expect(cursor, ')');
      return inner;
    }
    case '{':
      return parseBindings(cursor, start, '}', false);
    case 'rec':
      expect(cursor, '{');
      return parseBindings(cursor, start, '}', true);
    case '[': {
      const items: Expression[] = [];
      while (peek(cursor).kind !== ']') items.push(unnamed(cursor, () => parseSelect(cursor)));
      take(cursor);
      return { type: 'list', source, start, end: endOfLast(cursor), items };
    }
    default:
      return failAt(cursor, start, `unexpected ${token.kind}`);
  }
}
