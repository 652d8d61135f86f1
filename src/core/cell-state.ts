import type { MatrixCell } from './matrix.ts';
import type { Secret } from './secret.ts';

/**
 * What is known of one reader and one secret. `proven` declared and on the file · `counted` declared, and the number of
 * anonymous stanzas allows it · `missing` declared and not on the file · `absent` declared, and there is no file ·
 * `extra` on the file and not declared · `unruled` on the file, and no usable rule says whether it should be ·
 * `undecidable` neither rules nor file tell · `none` neither.
 */
export const cellStates = [
  'proven',
  'none',
  'extra',
  'missing',
  'counted',
  'undecidable',
  'absent',
  'unruled',
] as const;
export type CellState = (typeof cellStates)[number];

/** The state of a cell of this secret's row. */
export function cellState(
  { state, rule }: Pick<Secret, 'state' | 'rule'>,
  { declared, actual }: MatrixCell,
): CellState {
  switch (declared) {
    case 'yes':
      if (actual === 'yes') return 'proven';
      if (state === 'missing') return 'absent';
      if (state === 'damaged') return 'undecidable';
      return actual === 'no' ? 'missing' : 'counted';
    case 'no':
      if (actual === 'yes') return rule === undefined ? 'unruled' : 'extra';
      return actual === 'no' ? 'none' : 'undecidable';
    case 'unknown':
      return actual === 'yes' ? 'unruled' : 'undecidable';
  }
}

/** Whether the reader is declared for the secret or found on its file. */
export const isReading = (state: CellState): boolean => state !== 'none' && state !== 'undecidable';
