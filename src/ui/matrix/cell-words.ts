import { type CellState, isReading } from '../../core/cell-state.ts';
import type { Secret } from '../../core/secret.ts';
import type { Toggle } from '../../core/staged-toggles.ts';
import { sayUseByReader } from '../../core/usage/host-usage.ts';
import type { Pen } from '../pen.ts';
import type { Model } from '../state/model.ts';
import { columnName } from './column-name.ts';
import { explainCell } from './explain-cell.ts';
import type { MatrixState } from './matrix-state.ts';
import type { MatrixColumn } from './matrix-table.ts';
import { matrixView } from './matrix-view.ts';
import { stagedAt } from './staged-cells.ts';

/** The secret, the reader and the state under the cursor; `null` where the matrix is empty. */
export interface CurrentCell {
  readonly secret: Secret;
  readonly column: MatrixColumn;
  readonly state: CellState;
  /** What is staged for it. */
  readonly to: Toggle | null;
  /** Whether the reader seems to use what it can read, a guess; `null` where that is not known. */
  readonly use: string | null;
  readonly former: Model['former'];
}

export function currentCell(model: Model, matrix: MatrixState): CurrentCell | null {
  const { rows, columns, row, column, table } = matrixView(model, matrix);
  const [secret, reader] = [rows[row], columns[column]];
  if (!secret || !reader) return null;
  const to = stagedAt(matrix.staged, secret, reader);
  const state = table.cell(secret, reader);
  return {
    secret,
    column: reader,
    state,
    to,
    use: isReading(state) ? guessOf(model, secret, reader) : null,
    former: model.former,
  };
}

function guessOf({ uses }: Model, { id }: Secret, { reader }: MatrixColumn): string | null {
  return uses === null || uses === 'unknown' || reader === null
    ? null
    : sayUseByReader(uses, reader.name, id);
}

/** What a cell says, without whose it is. */
export function cellText(pen: Pen, { secret, column, state, to, use, former }: CurrentCell): string {
  const plan = to ? `${to} staged; ` : '';
  return `${plan}${pen.legible(explainCell(secret, column, state, former))}${use === null ? '' : `; ${pen.show(use)}`}`;
}

/** `web1/x.age × bob: reads: declared by …`, in a line that is safe to print. */
export function cellLine(pen: Pen, cell: CurrentCell | null): string {
  if (!cell) return '';
  const { secret, column } = cell;
  return `${pen.show(secret.id)} ${pen.glyphs.times} ${columnName(pen, column)}: ${cellText(pen, cell)}`;
}
