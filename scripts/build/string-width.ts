import { oneCellEach } from './one-cell.ts';

interface Options {
  readonly ambiguousIsNarrow?: boolean;
  readonly countAnsiEscapeCodes?: boolean;
}

export type StringWidth = (text: string, options?: Options) => number;

/**
 * Stands in for `string-width` in the bundle. The real one takes 10 ms to load and again as long to measure its first
 * border; here the width of simple text is its length, and anything else goes to the real one, which is loaded then.
 */
export function createStringWidth(loadReal: () => StringWidth): StringWidth {
  let real: StringWidth | undefined;
  return (text, options) => {
    if (typeof text === 'string' && options?.ambiguousIsNarrow !== false && oneCellEach.test(text)) {
      return text.length;
    }
    real ??= loadReal();
    return real(text, options);
  };
}
