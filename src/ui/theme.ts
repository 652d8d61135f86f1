/**
 * Meanings, not colours: sixteen ANSI colours, so that the user's palette wins. No meaning is carried by a colour
 * alone; every state has its word. Sequences are written here and not by Ink's `color`, because Ink ignores NO_COLOR
 * and its colour level 0 would also drop bold and inverse.
 */
export type Token =
  | 'plain'
  | 'title'
  | 'quiet'
  | 'selected'
  | 'selectedElsewhere'
  | 'selectedMark'
  | 'good'
  | 'warning'
  | 'bad'
  | 'match'
  | 'key'
  | 'mark'
  | 'accent';

/** SGR parameters that switch a style on, and those that switch the same off again. */
interface Style {
  readonly on: string;
  readonly off: string;
}

export interface Theme {
  paint(token: Token, text: string): string;
}

const sgr = (...codes: readonly number[]): string => codes.map((code) => `\u001b[${code}m`).join('');
const style = (on: readonly number[], off: readonly number[]): Style => ({
  on: sgr(...on),
  off: sgr(...off),
});

const nothing = style([], []);
const bold = style([1], [22]);
const dim = style([2], [22]);
const inverse = style([7], [27]);
const underline = style([4], [24]);

const coloured: Readonly<Record<Token, Style>> = {
  plain: nothing,
  title: bold,
  quiet: dim,
  selected: inverse,
  selectedElsewhere: bold,
  selectedMark: style([7, 35], [39, 27]),
  good: style([32], [39]),
  warning: style([33], [39]),
  bad: style([31], [39]),
  match: style([1, 36], [39, 22]),
  key: style([36], [39]),
  mark: style([35], [39]),
  accent: style([34], [39]),
};

const withoutColour: Readonly<Record<Token, Style>> = {
  plain: nothing,
  title: bold,
  quiet: dim,
  selected: inverse,
  selectedElsewhere: bold,
  selectedMark: style([7, 4], [24, 27]),
  good: nothing,
  warning: bold,
  bad: style([1, 4], [24, 22]),
  match: underline,
  key: bold,
  mark: inverse,
  accent: nothing,
};

/** `NO_COLOR` leaves attributes only: bold, dim, underline, inverse. */
export function createTheme(noColor: boolean): Theme {
  const styles = noColor ? withoutColour : coloured;
  return {
    paint(token, text) {
      const { on, off } = styles[token];
      return text === '' || on === '' ? text : on + text + off;
    },
  };
}
