import { isPathPart } from './char-class.ts';

/** A stretch from the start of the scan to `end`. For `end` it is the closing mark. */
export interface Stretch {
  readonly kind: 'text' | 'escape' | 'end';
  readonly end: number;
}

/** Inside `"…"`, not at `${`. Escapes stay in the text: `\x` and `$$` are pairs that hide what follows. */
export function scanString(text: string, start: number): Stretch {
  if (text[start] === '"') return { kind: 'end', end: start + 1 };
  let at = start;
  while (at < text.length) {
    const character = text[at];
    const next = text[at + 1];
    if (character === '"' || (character === '$' && next === '{')) break;
    if (character === '\\') at += 2;
    else if (character === '$' && next !== '"' && next !== '\\') at += 2;
    else at++;
  }
  return { kind: 'text', end: Math.min(at, text.length) };
}

/** Inside `''…''`, not at `${`. Escapes and lone `$` or `'` are stretches of their own: they end indentation. */
export function scanIndented(text: string, start: number): Stretch {
  if (text.startsWith("''", start)) {
    const third = text[start + 2];
    if (third === '$' || third === "'") return { kind: 'escape', end: start + 3 };
    if (third === '\\' && start + 3 < text.length) return { kind: 'escape', end: start + 4 };
    return { kind: 'end', end: start + 2 };
  }
  let at = start;
  while (at < text.length) {
    const character = text[at];
    const next = text[at + 1];
    if (character === '$' && (next === '{' || next === "'" || next === undefined)) break;
    if (character === "'" && (next === "'" || next === '$' || next === undefined)) break;
    at += character === '$' || character === "'" ? 2 : 1;
  }
  return at > start ? { kind: 'text', end: at } : { kind: 'escape', end: start + 1 };
}

/** Inside a path with interpolation, not at `${`. */
export function scanPathPart(text: string, start: number): Stretch {
  let at = start;
  while (isPathPart(text.charCodeAt(at)) || text[at] === '/') at++;
  return at > start ? { kind: 'text', end: at } : { kind: 'end', end: start };
}
