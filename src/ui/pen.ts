import { show } from '../core/safe-text.ts';
import { textWidth, truncateEnd, truncateMiddle } from '../core/text-width.ts';
import { type Glyphs, isAscii } from './glyphs.ts';
import { fitSpans, paintSpans, type Span, span, spansWidth } from './styled-text.ts';
import type { Theme } from './theme.ts';

/** What every part draws with: the theme, the signs, and the one way for untrusted text to get on the screen. */
export interface Pen {
  readonly glyphs: Glyphs;
  /** Safe to print and, on terminals that know no more, ASCII. */
  readonly show: (text: string | Uint8Array) => string;
  /** The same for text that went through `show()` already. */
  readonly legible: (shown: string) => string;
  /** One line with its styles, cut to `cells`. */
  readonly line: (spans: readonly Span[], cells: number) => string;
  /** The same, filled with spaces and in inverse. */
  readonly selectedLine: (spans: readonly Span[], cells: number, isFocused: boolean) => string;
  readonly end: (text: string, cells: number) => string;
  readonly middle: (text: string, cells: number) => string;
}

export function createPen(theme: Theme, glyphs: Glyphs): Pen {
  const legible = isAscii(glyphs) ? toAscii : (shown: string): string => shown;
  const line = (spans: readonly Span[], cells: number): string =>
    paintSpans(theme, fitSpans(spans, cells, glyphs.ellipsis));
  return {
    glyphs,
    legible,
    show: (text) => legible(show(text)),
    line,
    selectedLine(spans, cells, isFocused) {
      const fitted = fitSpans(spans, cells, glyphs.ellipsis);
      const filled = isFocused
        ? [...fitted, span(' '.repeat(Math.max(0, cells - spansWidth(fitted))))]
        : fitted;
      return theme.paint(isFocused ? 'selected' : 'selectedElsewhere', paintSpans(theme, filled));
    },
    end: (text, cells) => truncateEnd(text, cells, glyphs.ellipsis),
    middle: (text, cells) => (textWidth(text) <= cells ? text : truncateMiddle(text, cells, glyphs.ellipsis)),
  };
}

/** `→` and `·` stand for tabs and blanks; other letters are named, as invisible ones are. */
function toAscii(text: string): string {
  return text.replace(/[^\x20-\x7e]/gu, (character) => {
    if (character === '→') return '>';
    if (character === '·') return '.';
    if (character === '…') return '~';
    return `<U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}>`;
  });
}
