/**
 * Fixed texts stand for themselves. `text` and `escape` are stretches inside strings and paths, still raw;
 * `path-start` … `path-end` enclose a path with interpolation.
 */
export type TokenKind =
  | 'identifier'
  | 'int'
  | 'float'
  | 'path'
  | 'path-start'
  | 'path-end'
  | 'search-path'
  | 'uri'
  | 'text'
  | 'escape'
  | '"'
  | 'end-"'
  | "''"
  | "end-''"
  | 'end-of-file'
  | Keyword
  | Punctuation;

export type Keyword = 'if' | 'then' | 'else' | 'assert' | 'with' | 'let' | 'in' | 'rec' | 'inherit' | 'or';

export type Punctuation =
  | '{'
  | '}'
  | '${'
  | '['
  | ']'
  | '('
  | ')'
  | ':'
  | ';'
  | ','
  | '@'
  | '.'
  | '...'
  | '='
  | '?'
  | '!'
  | '+'
  | '-'
  | '*'
  | '/'
  | '<'
  | '>'
  | '++'
  | '//'
  | '->'
  | '||'
  | '&&'
  | '=='
  | '!='
  | '<='
  | '>=';

export interface Token {
  readonly kind: TokenKind;
  readonly start: number;
  readonly end: number;
}

export const keywords: ReadonlySet<string> = new Set<Keyword>([
  'if',
  'then',
  'else',
  'assert',
  'with',
  'let',
  'in',
  'rec',
  'inherit',
  'or',
]);
