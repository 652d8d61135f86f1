import { isDigit, isIdentifierPart, isIdentifierStart } from './char-class.ts';
import { limits } from './limits.ts';
import { NixFailure } from './nix-failure.ts';
import { pathEnd, searchPathEnd, uriEnd } from './scan-path.ts';
import { scanIndented, scanPathPart, scanString } from './scan-string.ts';
import type { Source } from './source.ts';
import { keywords, type Punctuation, type Token, type TokenKind } from './token.ts';

type Mode = 'normal' | 'string' | 'indented' | 'path';

const three: ReadonlySet<string> = new Set<Punctuation>(['...']);
const two: ReadonlySet<string> = new Set<Punctuation>([
  '${',
  '++',
  '//',
  '->',
  '||',
  '&&',
  '==',
  '!=',
  '<=',
  '>=',
]);
const one = '{}[]():;,@.=?!+-*/<>';

const floatPattern = /(?:[1-9][0-9]*\.[0-9]*|0?\.[0-9]+)(?:[Ee][+-]?[0-9]+)?/y;

/**
 * Splits Nix text into tokens (flex rules of Nix's lexer.l, longest match). Linear in the length of the text: what
 * a failed attempt at a path or URI has seen is not scanned again.
 */
export function tokenize(source: Source): readonly Token[] {
  const { text } = source;
  if (text.length > limits.sourceBytes) {
    throw new NixFailure('limit', `the file is larger than ${limits.sourceBytes} bytes`, {
      source,
      start: 0,
    });
  }
  const tokens: Token[] = [];
  const modes: Mode[] = [];
  let mode: Mode = 'normal';
  let at = 0;
  let noPathBefore = 0;
  let noUriBefore = 0;

  const push = (kind: TokenKind, end: number): true => {
    tokens.push({ kind, start: at, end });
    at = end;
    return true;
  };
  const enter = (next: Mode): void => {
    modes.push(mode);
    mode = next;
  };
  const leave = (): void => {
    mode = modes.pop() ?? 'normal';
  };
  const unexpected = (what: string): never => {
    throw new NixFailure('syntax', what, { source, start: at });
  };

  const skipComment = (): boolean => {
    let end: number;
    if (text[at] === '#') {
      end = at;
      while (end < text.length && text[end] !== '\n' && text[end] !== '\r') end++;
    } else if (text[at] === '/' && text[at + 1] === '*') {
      const close = text.indexOf('*/', at + 2);
      if (close === -1) unexpected('a comment is not closed');
      end = close + 2;
    } else return false;
    source.comments.push([at, end]);
    at = end;
    return true;
  };

  const lexPath = (): boolean => {
    if (at < noPathBefore) return false;
    const found = pathEnd(text, at);
    if (!found.path) {
      noPathBefore = found.end;
      return false;
    }
    if (text.startsWith('${', found.end)) {
      tokens.push({ kind: 'path-start', start: at, end: at });
      enter('path');
      return push('text', found.end);
    }
    if (text[found.end - 1] === '/') unexpected('a path ends with a slash');
    return push('path', found.end);
  };

  const lexUri = (): boolean => {
    if (at < noUriBefore) return false;
    const found = uriEnd(text, at);
    if (found.uri) push('uri', found.end);
    else noUriBefore = found.end;
    return found.uri;
  };

  const lexNumber = (): boolean => {
    floatPattern.lastIndex = at;
    if (floatPattern.test(text)) {
      return push('float', floatPattern.lastIndex);
    }
    let end = at;
    while (isDigit(text.charCodeAt(end))) end++;
    return end > at && push('int', end);
  };

  const lexWord = (): boolean => {
    if (!isIdentifierStart(text.charCodeAt(at))) return false;
    let end = at + 1;
    while (isIdentifierPart(text.charCodeAt(end))) end++;
    const word = text.slice(at, end);
    return push(keywords.has(word) ? (word as TokenKind) : 'identifier', end);
  };

  const lexPunctuation = (): true => {
    let end = at + 3;
    if (!three.has(text.slice(at, end))) {
      end = at + 2;
      if (!two.has(text.slice(at, end))) {
        end = at + 1;
        if (!one.includes(text[at] ?? '')) unexpected('a character that Nix does not know');
      }
    }
    const kind = text.slice(at, end) as Punctuation;
    if (kind === '{' || kind === '${') enter('normal');
    else if (kind === '}') leave();
    return push(kind, end);
  };

  const lexNormal = (): boolean => {
    const character = text[at];
    if (character === ' ' || character === '\n' || character === '\t' || character === '\r') {
      at++;
      return true;
    }
    if (skipComment()) return true;
    if (character === '"') {
      enter('string');
      return push('"', at + 1);
    }
    if (character === "'" && text[at + 1] === "'") {
      enter('indented');
      let end = at + 2;
      while (text[end] === ' ') end++;
      return push("''", text[end] === '\n' ? end + 1 : at + 2);
    }
    if (character === '<') {
      const end = searchPathEnd(text, at);
      if (end !== null) return push('search-path', end);
    }
    return lexPath() || lexUri() || lexNumber() || lexWord() || lexPunctuation();
  };

  const lexInside = (): boolean => {
    if (at >= text.length && mode !== 'path') unexpected('a string is not closed');
    if (text.startsWith('${', at)) {
      enter('normal');
      return push('${', at + 2);
    }
    const found =
      mode === 'string'
        ? scanString(text, at)
        : mode === 'indented'
          ? scanIndented(text, at)
          : scanPathPart(text, at);
    if (found.kind === 'end') {
      const close = mode === 'string' ? 'end-"' : mode === 'indented' ? "end-''" : 'path-end';
      if (close === 'path-end' && text[at - 1] === '/') unexpected('a path ends with a slash');
      leave();
      return push(close, found.end);
    }
    return push(found.kind, found.end);
  };

  while (at < text.length || mode !== 'normal') {
    if (mode === 'normal') lexNormal();
    else lexInside();
  }
  push('end-of-file', at);
  return tokens;
}
