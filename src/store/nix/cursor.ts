import type { Expression } from './ast.ts';
import { limits } from './limits.ts';
import { NixFailure } from './nix-failure.ts';
import type { Source } from './source.ts';
import type { Token, TokenKind } from './token.ts';

/** Where the parser stands in the tokens of one source. */
export interface Cursor {
  readonly source: Source;
  readonly tokens: readonly Token[];
  index: number;
  depth: number;
  /** Attribute path of the binding whose value is being parsed; empty inside lists and functions, which it does not name. */
  path: readonly string[];
  /** The expression parser, so that the parsers of parts need not import it. */
  readonly expression: (cursor: Cursor) => Expression;
}

const pastEnd: Token = { kind: 'end-of-file', start: 0, end: 0 };

export const peek = (cursor: Cursor, ahead = 0): Token =>
  cursor.tokens[cursor.index + ahead] ?? cursor.tokens[cursor.tokens.length - 1] ?? pastEnd;

export function take(cursor: Cursor): Token {
  const token = peek(cursor);
  cursor.index++;
  return token;
}

/** Takes the token when it is of this kind. */
export function accept(cursor: Cursor, kind: TokenKind): boolean {
  if (peek(cursor).kind !== kind) return false;
  cursor.index++;
  return true;
}

export const textOf = (cursor: Cursor, token: Token): string =>
  cursor.source.text.slice(token.start, token.end);

export const failAt = (cursor: Cursor, start: number, says: string): never => {
  throw new NixFailure('syntax', says, { source: cursor.source, start });
};

export function expect(cursor: Cursor, kind: TokenKind): Token {
  const token = peek(cursor);
  if (token.kind !== kind) return failAt(cursor, token.start, `expected ${kind}, found ${token.kind}`);
  cursor.index++;
  return token;
}

/** End of the token before the cursor: where a node that was just parsed ends. */
export const endOfLast = (cursor: Cursor): number => cursor.tokens[cursor.index - 1]?.end ?? 0;

/** Counts nesting of the text and of the tree it makes; whoever adds takes away again. */
export function deeper(cursor: Cursor, levels = 1): void {
  cursor.depth += levels;
  if (cursor.depth > limits.parseDepth) {
    throw new NixFailure('limit', `nested deeper than ${limits.parseDepth} levels`, {
      source: cursor.source,
      start: peek(cursor).start,
    });
  }
}

/** Parses something that the binding around it does not name. */
export function unnamed<T>(cursor: Cursor, parse: () => T): T {
  const outer = cursor.path;
  cursor.path = [];
  const parsed = parse();
  cursor.path = outer;
  return parsed;
}
