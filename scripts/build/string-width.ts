import { oneCellEach } from './one-cell.ts';

interface Options {
  readonly ambiguousIsNarrow?: boolean;
  readonly countAnsiEscapeCodes?: boolean;
}

const styles = /\u001B\[[0-9;]*m/g;

export type StringWidth = (text: string, options?: Options) => number;

/**
 * Stands in for `string-width` in the bundle. The real one takes 10 ms to load and again as long to measure its first
 * border; here the width of simple text is its length, and anything else goes to the real one, which is loaded then.
 */
export function createStringWidth(loadReal: () => StringWidth): StringWidth {
  let real: StringWidth | undefined;
  return (text, options) => {
    if (typeof text === 'string' && options?.ambiguousIsNarrow !== false) {
      // Styles take no cells; without this, one coloured word would load the real one.
      const isStyled = text.includes('\u001B') && options?.countAnsiEscapeCodes !== true;
      const plain = isStyled ? text.replace(styles, '') : text;
      if (oneCellEach.test(plain)) return plain.length;
    }
    real ??= loadReal();
    return real(text, options);
  };
}
