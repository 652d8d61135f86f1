import { isLetter, isPathPart, isSchemePart, isUriPart } from './char-class.ts';

const slash = 47;
const tilde = 126;

/**
 * A path at `start`: `a/b`, `./a`, `/a`, `~/a`, or the beginning of one before `${`. When there is none, `end` is
 * where the run of path characters stopped: no path starts before it either.
 */
export function pathEnd(text: string, start: number): { readonly path: boolean; readonly end: number } {
  let at = start;
  if (text.charCodeAt(at) === tilde) {
    if (text.charCodeAt(at + 1) !== slash) return { path: false, end: start };
    at++;
  }
  while (isPathPart(text.charCodeAt(at))) at++;
  const run = at;
  if (text.charCodeAt(at) === slash && isPathPart(text.charCodeAt(at + 1))) {
    // Once inside a path every further slash belongs to it, also `//`.
    while (isPathPart(text.charCodeAt(at)) || text.charCodeAt(at) === slash) at++;
    return { path: true, end: at };
  }
  if (text.charCodeAt(at) === slash && text.startsWith('${', at + 1)) return { path: true, end: at + 1 };
  return { path: false, end: run };
}

/** A URI without quotes at `start`; when there is none, no URI starts before `end` either. */
export function uriEnd(text: string, start: number): { readonly uri: boolean; readonly end: number } {
  if (!isLetter(text.charCodeAt(start))) return { uri: false, end: start };
  let at = start + 1;
  while (isSchemePart(text.charCodeAt(at))) at++;
  if (text[at] !== ':' || !isUriPart(text.charCodeAt(at + 1))) return { uri: false, end: at };
  at++;
  while (isUriPart(text.charCodeAt(at))) at++;
  return { uri: true, end: at };
}

/** The end of `<nixpkgs/lib>` at `start`, or null. */
export function searchPathEnd(text: string, start: number): number | null {
  let at = start;
  do {
    at++;
    if (!isPathPart(text.charCodeAt(at))) return null;
    while (isPathPart(text.charCodeAt(at))) at++;
  } while (text.charCodeAt(at) === slash);
  return text[at] === '>' ? at + 1 : null;
}
