import { readerLabel } from '../../core/recipient-label.ts';
import { nothingStaged } from '../../core/staged-toggles.ts';
import { textWidth } from '../../core/text-width.ts';
import { inside, windowTop } from '../layout.ts';
import { commonDirectory } from '../state/common-directory.ts';
import type { Model } from '../state/model.ts';
import { layoutOf, selectedLine } from '../state/select.ts';
import { type GridShape, gridShape, gridTop, windowLeft } from './grid-layout.ts';
import type { MatrixState } from './matrix-state.ts';
import { type MatrixView, matrixView } from './matrix-view.ts';
import { withoutSettled } from './staged-cells.ts';

/** The grid's shape in the present window. Names count as they are written: signs for what is hidden are cut. */
export function shapeOf(model: Model, view: MatrixView): GridShape {
  const { body, isFramed } = layoutOf(model);
  const { width, height } = inside(body, isFramed);
  const lead = commonDirectory(model.repository).length;
  const longestSecret = longest(view.rows, ({ id }) => id) - lead;
  const longestReader = longest(view.columns, ({ reader }) => (reader ? readerLabel(reader) : 'keys'));
  return gridShape({ width, height, longestSecret, longestReader, columns: view.columns });
}

const lengths = new WeakMap<readonly object[], number>();

function longest<T extends object>(all: readonly T[], nameOf: (one: T) => string): number {
  const known = lengths.get(all);
  if (known !== undefined) return known;
  const length = all.reduce((most, one) => Math.max(most, textWidth(nameOf(one))), 0);
  lengths.set(all, length);
  return length;
}

/** Lines of a list of readers or secrets that are seen: below its title a line explains the one under the cursor. */
export function checklistHeight(model: Model): number {
  const { body, isFramed } = layoutOf(model);
  return Math.max(1, inside(body, isFramed).height - 1 - explainedLines(model));
}

/** More lines where they are short. */
export function explainedLines(model: Model): number {
  const { body, isFramed } = layoutOf(model);
  const { width, height } = inside(body, isFramed);
  if (height < 9) return 1;
  return width < 60 ? Math.min(5, Math.floor(height / 3)) : 2;
}

/** Opens the matrix on the secret under the list's cursor; what it was left with is still there. */
export function openMatrix(model: Model): Model {
  const from = selectedLine(model);
  const before = model.matrix;
  const matrix: MatrixState = {
    isOpen: true,
    row: from?.id ?? before?.row ?? null,
    column: before?.column ?? null,
    lens: 'grid',
    sort: before?.sort ?? { by: 'name' },
    top: before?.top ?? 0,
    left: before?.left ?? 0,
    listTop: 0,
    staged: before?.staged ?? nothingStaged,
    range: null,
    from,
  };
  return settle({ ...model, matrix, view: { kind: 'matrix' }, revealed: null });
}

/** Keeps what is under the cursor in sight, whatever changed. */
export function settle(model: Model): Model {
  const { matrix } = model;
  if (!matrix) return model;
  const view = matrixView(model, matrix);
  const { rows, columns, row, column } = view;
  const shape = shapeOf(model, view);
  const [at, count] = view.lens === 'secret' ? [column, columns.length] : [row, rows.length];
  const next: MatrixState = {
    ...matrix,
    top: gridTop(shape, matrix.top, Math.max(0, row), rows.length),
    left: windowLeft(shape, columns, matrix.left, Math.max(0, column)),
    listTop: windowTop(matrix.listTop, Math.max(0, at), checklistHeight(model), count),
  };
  return { ...model, matrix: next };
}

/** Another list, or another window: the matrix follows. */
export function settleAfter(before: Model, model: Model): Model {
  const { lines, columns, rows, repository } = before;
  const isSame = lines === model.lines && columns === model.columns && rows === model.rows;
  if (repository !== model.repository) return settle(withoutStale(model));
  return model.view.kind !== 'matrix' || isSame ? model : settle(model);
}

/** What is staged and is so by now, or cannot be any more, is not staged any longer. */
const withoutStale = (model: Model): Model =>
  (model.matrix && {
    ...model,
    matrix: { ...model.matrix, staged: withoutSettled(model.matrix.staged, model.repository) },
  }) ||
  model;

/** To another row and column, by their places; nowhere where there are none. */
export function place(model: Model, row: number, column: number): Model {
  const { matrix } = model;
  if (!matrix) return model;
  const { rows, columns } = matrixView(model, matrix);
  const at = (index: number, count: number): number => Math.max(0, Math.min(index, count - 1));
  const next: MatrixState = {
    ...matrix,
    row: rows[at(row, rows.length)]?.id ?? matrix.row,
    column: columns[at(column, columns.length)]?.id ?? matrix.column,
  };
  return settle({ ...model, matrix: next });
}

/** Up and down: through secrets, or through the readers of one. */
export function moveDown(model: Model, to: (at: number, height: number, count: number) => number): Model {
  const { matrix } = model;
  if (!matrix) return model;
  const view = matrixView(model, matrix);
  const { row, column, rows, columns } = view;
  if (view.lens === 'secret') return place(model, row, to(column, checklistHeight(model), columns.length));
  const height = view.lens === 'grid' ? shapeOf(model, view).height : checklistHeight(model);
  return place(model, to(row, height, rows.length), column);
}

/** Left and right: through readers, or where those are below each other, through secrets. */
export function moveAcross(model: Model, to: number | 'first' | 'last'): Model {
  const { matrix } = model;
  if (!matrix) return model;
  const { row, column, rows, columns, lens } = matrixView(model, matrix);
  const [at, count] = lens === 'secret' ? [row, rows.length] : [column, columns.length];
  const target = to === 'first' ? 0 : to === 'last' ? count - 1 : at + to;
  return lens === 'secret' ? place(model, target, column) : place(model, row, target);
}
