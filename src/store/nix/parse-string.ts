import type { Expression, StringNode, StringPart } from './ast.ts';
import { type Cursor, expect, peek, take, textOf, unnamed } from './cursor.ts';
import { type IndentedPart, stripIndentation } from './strip-indentation.ts';
import type { TokenKind } from './token.ts';

const escaped: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };

/** `\n`, `\r`, `\t`, any other `\x` is x; line ends of every kind become a newline. */
export const withoutEscapes = (raw: string): string =>
  raw.replace(/\\([\s\S])|\r\n?/g, (_, character: string | undefined) =>
    character === undefined ? '\n' : (escaped[character] ?? character),
  );

function interpolation(cursor: Cursor): Expression {
  expect(cursor, '${');
  const value = unnamed(cursor, () => cursor.expression(cursor));
  expect(cursor, '}');
  return value;
}

function parts<Text>(cursor: Cursor, close: TokenKind, textFrom: (raw: string, kind: TokenKind) => Text) {
  const found: (Text | Expression)[] = [];
  while (peek(cursor).kind !== close) {
    if (peek(cursor).kind === '${') found.push(interpolation(cursor));
    else {
      const token = take(cursor);
      found.push(textFrom(textOf(cursor, token), token.kind));
    }
  }
  return { found, end: take(cursor).end };
}

/** What an escape of an indented string stands for: `''$`, `'''`, `''\x`, or a lone `$` or `'`. */
const indentedEscape = (raw: string): string =>
  raw.startsWith("''\\") ? withoutEscapes(raw.slice(2)) : raw === "'''" ? "''" : raw === "''$" ? '$' : raw;

/** `"…"` at the cursor. */
export function parseQuoted(cursor: Cursor): StringNode {
  const { start } = take(cursor);
  const { found, end } = parts<StringPart>(cursor, 'end-"', withoutEscapes);
  return { type: 'string', style: 'quoted', source: cursor.source, start, end, parts: found };
}

/** `''…''` at the cursor. */
export function parseIndented(cursor: Cursor): StringNode {
  const { start } = take(cursor);
  const { found, end } = parts<IndentedPart>(cursor, "end-''", (raw, kind) =>
    kind === 'text' ? { text: raw, indented: true } : { text: indentedEscape(raw), indented: false },
  );
  const stripped = stripIndentation(found);
  return { type: 'string', style: 'indented', source: cursor.source, start, end, parts: stripped };
}

/** A path at the cursor, with or without interpolation. */
export function parsePath(cursor: Cursor): Expression {
  const first = take(cursor);
  const node = { type: 'path', source: cursor.source, start: first.start } as const;
  if (first.kind === 'path') return { ...node, end: first.end, parts: [textOf(cursor, first)] };
  const { found, end } = parts<StringPart>(cursor, 'path-end', (raw) => raw);
  return { ...node, end, parts: found };
}
