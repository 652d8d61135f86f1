import type { CellState } from '../../core/cell-state.ts';
import type { Secret } from '../../core/secret.ts';
import type { Toggle } from '../../core/staged-toggles.ts';
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
}

export function currentCell(model: Model, matrix: MatrixState): CurrentCell | null {
  const { rows, columns, row, column, table } = matrixView(model, matrix);
  const [secret, reader] = [rows[row], columns[column]];
  if (!secret || !reader) return null;
  const to = stagedAt(matrix.staged, secret, reader);
  return { secret, column: reader, state: table.cell(secret, reader), to };
}

/** `web1/x.age × bob: reads: declared by …`, in a line that is safe to print. */
export function cellLine(pen: Pen, cell: CurrentCell | null): string {
  if (!cell) return '';
  const { secret, column, state } = cell;
  const times = pen.glyphs.times;
  const plan = cell.to ? `${cell.to} staged; ` : '';
  return `${pen.show(secret.id)} ${times} ${columnName(pen, column)}: ${plan}${pen.legible(explainCell(secret, column, state))}`;
}
