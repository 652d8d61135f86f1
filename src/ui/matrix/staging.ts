import { counted } from '../../core/counted.ts';
import {
  countStaged,
  nextToggle,
  nothingStaged,
  type StagedToggles,
  type Toggle,
  togglesOf,
  withToggles,
} from '../../core/staged-toggles.ts';
import type { Model } from '../state/model.ts';
import { info, type ModelStep, still, withToast } from '../state/step.ts';
import type { MatrixState } from './matrix-state.ts';
import { type MatrixView, matrixView } from './matrix-view.ts';
import { type Cell, cellAt, rangeCells, stagedAt, whyNotStaged } from './staged-cells.ts';

type Command = (model: Model, now: number) => ModelStep;

const withStaged = (model: Model, matrix: MatrixState, staged: StagedToggles): Model => ({
  ...model,
  matrix: { ...matrix, staged, range: null },
});

const inMatrix =
  (change: (model: Model, matrix: MatrixState, view: MatrixView, now: number) => Model): Command =>
  (model, now) =>
    still(model.matrix ? change(model, model.matrix, matrixView(model, model.matrix), now) : model);

/** The cell under the cursor, or all of the range, which ends with it. */
export const toggleCells = inMatrix((model, matrix, view) => {
  const cells = rangeCells(matrix, view);
  const [current] = cellAt(view, view.row, view.column);
  if (!current) return model;
  const { secret, column } = current;
  const to = nextToggle(view.table.cell(secret, column), stagedAt(matrix.staged, secret, column));
  return withStaged(model, matrix, stageAll(matrix.staged, view, cells, to));
});

/** Everything listed for the reader under the cursor; of one secret all of its readers. Again, none of it. */
export const toggleAllCells = inMatrix((model, matrix, view) => {
  const { rows, columns, row, column, lens } = view;
  const all =
    lens === 'secret'
      ? columns.flatMap((_, index) => cellAt(view, row, index))
      : rows.flatMap((_, index) => cellAt(view, index, column));
  const [current] = cellAt(view, row, column);
  if (!current) return model;
  const [first = null] = togglesOf[view.table.cell(current.secret, current.column)];
  const fitting = all.filter((cell) => mayBecome(view, cell, first));
  const isDone = fitting.every(({ secret, column: one }) => stagedAt(matrix.staged, secret, one) === first);
  return withStaged(model, matrix, stageAll(matrix.staged, view, all, isDone ? null : first));
});

export const toggleMatrixRange = inMatrix((model, matrix, { rows, columns, row, column }) => {
  const [secret, reader] = [rows[row], columns[column]];
  if (!secret || !reader) return model;
  return {
    ...model,
    matrix: { ...matrix, range: matrix.range ? null : { row: secret.id, column: reader.id } },
  };
});

/** What is staged of the cell under the cursor, or of the range, is as if it had not been. */
export const discardCells = inMatrix((model, matrix, view) =>
  withStaged(model, matrix, stageAll(matrix.staged, view, rangeCells(matrix, view), null)),
);

export const discardAll = inMatrix((model, matrix, _, now) => {
  const { grant, revoke } = countStaged(matrix.staged);
  const says = `${counted(grant + revoke, 'staged change')} dropped; nothing was written`;
  return withToast(withStaged(model, matrix, nothingStaged), info(says, now));
});

/** A cell that cannot become that is passed over. */
function stageAll(
  staged: StagedToggles,
  view: MatrixView,
  cells: readonly Cell[],
  to: Toggle | null,
): StagedToggles {
  const fitting = to === null ? cells : cells.filter((cell) => mayBecome(view, cell, to));
  return withToggles(
    staged,
    fitting.map(({ secret, column }) => ({ secret: secret.id, reader: column.id, to })),
  );
}

function mayBecome({ table }: MatrixView, { secret, column }: Cell, to: Toggle | null): boolean {
  if (to === null || whyNotStaged(secret, column) !== null) return false;
  return togglesOf[table.cell(secret, column)].includes(to);
}
