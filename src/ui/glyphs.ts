import { drawsAscii } from '../core/draws-ascii.ts';

/** Every sign the screens draw, in a set for UTF-8 terminals and one that any terminal can show. */
export interface Glyphs {
  readonly topLeft: string;
  readonly topRight: string;
  readonly bottomLeft: string;
  readonly bottomRight: string;
  readonly horizontal: string;
  readonly vertical: string;
  readonly pointer: string;
  /** On a line that is picked. */
  readonly picked: string;
  readonly folded: string;
  readonly unfolded: string;
  /** Of fixed length, so that it tells nothing about the value. */
  readonly mask: string;
  readonly ellipsis: string;
  readonly dot: string;
  readonly times: string;
  readonly plus: string;
  readonly minus: string;
  readonly caret: string;
  readonly newline: string;
  readonly noNewline: string;
}

const unicode: Glyphs = {
  topLeft: '╭',
  topRight: '╮',
  bottomLeft: '╰',
  bottomRight: '╯',
  horizontal: '─',
  vertical: '│',
  pointer: '▌',
  picked: '✓',
  folded: '+',
  unfolded: '−',
  mask: '••••••••',
  ellipsis: '…',
  dot: '·',
  times: '×',
  plus: '+',
  minus: '−',
  caret: '▏',
  newline: '⏎',
  noNewline: '∅',
};

const ascii: Glyphs = {
  topLeft: '+',
  topRight: '+',
  bottomLeft: '+',
  bottomRight: '+',
  horizontal: '-',
  vertical: '|',
  pointer: '>',
  picked: '*',
  folded: '+',
  unfolded: '-',
  mask: '********',
  ellipsis: '~',
  dot: '.',
  times: 'x',
  plus: '+',
  minus: '-',
  caret: '_',
  newline: '\\n',
  noNewline: 'no \\n',
};

type Environment = Readonly<Record<string, string | undefined>>;

/** ASCII when asked for, and where nothing else can be drawn. */
export function chooseGlyphs(forceAscii: boolean, env: Environment): Glyphs {
  return forceAscii || drawsAscii(env) ? ascii : unicode;
}

/** What `show()` and the value pane may bring in that ASCII terminals cannot draw: our own marks, and only those. */
export const isAscii = (glyphs: Glyphs): boolean => glyphs === ascii;
