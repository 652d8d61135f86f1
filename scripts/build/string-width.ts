import realStringWidth from 'string-width';

/**
 * Stands in for `string-width` in the bundle. The real one compiles the `\p{RGI_Emoji}` expression (15–20 ms) at the
 * first border it measures and segments every string; nearly everything keyhole draws is made of characters that
 * take one cell each, and for those the width is the length. Anything else goes to the real one, so the answer is
 * always the same (test/house/string-width.test.ts compares the two).
 */
export const oneCellEach =
  /^[\u0020-\u007E\u00A0-\u00AC\u00AE-\u00FF\u2010-\u2027\u2030-\u203B\u2190-\u21FF\u2200-\u22FF\u2500-\u257F\u2580-\u259F\u25CF\u23CE\u2423]*$/;

interface Options {
  readonly ambiguousIsNarrow?: boolean;
  readonly countAnsiEscapeCodes?: boolean;
}

// Shaped like the package it replaces, default export included.
// biome-ignore lint/style/noDefaultExport: `import stringWidth from 'string-width'` must find it
export default function stringWidth(text: string, options?: Options): number {
  if (typeof text === 'string' && options?.ambiguousIsNarrow !== false && oneCellEach.test(text)) {
    return text.length;
  }
  return realStringWidth(text, options);
}
