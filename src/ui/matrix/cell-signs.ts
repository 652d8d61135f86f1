import type { CellState } from '../../core/cell-state.ts';
import type { Toggle } from '../../core/staged-toggles.ts';
import { type Glyphs, isAscii } from '../glyphs.ts';
import type { Token } from '../theme.ts';

/** Each state has a sign of its own, one cell wide: no meaning is carried by a colour alone. */
const unicode: Readonly<Record<CellState, string>> = {
  proven: '●',
  none: '·',
  extra: '!',
  missing: '○',
  counted: '?',
  undecidable: '~',
  absent: '□',
  unruled: '*',
};

const ascii: Readonly<Record<CellState, string>> = {
  ...unicode,
  proven: 'x',
  none: '.',
  missing: 'o',
  absent: '_',
};

export const signOf = (glyphs: Glyphs, state: CellState): string =>
  (isAscii(glyphs) ? ascii : unicode)[state];

export const stagedSign = ({ plus, minus }: Glyphs, to: Toggle): string => (to === 'grant' ? plus : minus);

export const signTokens: Readonly<Record<CellState, Token>> = {
  proven: 'plain',
  none: 'plain',
  extra: 'bad',
  missing: 'warning',
  counted: 'plain',
  undecidable: 'plain',
  absent: 'plain',
  unruled: 'warning',
};
