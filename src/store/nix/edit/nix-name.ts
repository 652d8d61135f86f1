import { keywords } from '../token.ts';

/** A Nix string literal. */
export function quoteNix(text: string): string {
  const escaped = text
    .replace(/["\\]/g, '\\$&')
    .replace(/\$(?=\{)/g, '\\$$')
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r')
    .replaceAll('\t', '\\t');
  return `"${escaped}"`;
}

/** Whether an attribute can be called this without quotes. */
export const isBareName = (name: string): boolean =>
  /^[A-Za-z_][A-Za-z0-9_'-]*$/.test(name) && !keywords.has(name);

/** A name as one part of an attribute path. */
export const attributeName = (name: string): string => (isBareName(name) ? name : quoteNix(name));
