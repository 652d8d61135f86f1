import type { CommandId } from '../keys/bindings.ts';
import { followLine } from '../state/list-lines.ts';
import { browserView, type Model } from '../state/model.ts';
import { info, type ModelStep, still, withToast } from '../state/step.ts';
import type { MatrixState, Sort } from './matrix-state.ts';
import { matrixView } from './matrix-view.ts';
import { moveAcross, openMatrix, place, settle } from './move-matrix.ts';
import { beginReaderLine, removeReader } from './reader-line.ts';
import { repair, repairAll, review } from './reviewing.ts';
import { discardAll, discardCells, toggleAllCells, toggleCells, toggleMatrixRange } from './staging.ts';

type Command = (model: Model, now: number) => ModelStep;

const across =
  (to: number | 'first' | 'last'): Command =>
  (model) =>
    still(moveAcross(model, to));

const inMatrix =
  (change: (model: Model, matrix: MatrixState, now: number) => Model): Command =>
  (model, now) =>
    still(model.matrix ? change(model, model.matrix, now) : model);

/** To the next secret whose file differs from its rules, round the end. */
const toDrift = (direction: 1 | -1) =>
  inMatrix((model, matrix) => {
    const { rows, row, column } = matrixView(model, matrix);
    for (let step = 1; step <= rows.length; step += 1) {
      const at = (row + direction * step + rows.length * step) % rows.length;
      if (rows[at]?.state === 'drift') return place(model, at, column);
    }
    return model;
  });

const look = (lens: 'secret' | 'reader') =>
  inMatrix((model, matrix) => {
    const shown = matrixView(model, matrix).lens;
    return settle({ ...model, matrix: { ...matrix, lens: shown === lens ? 'grid' : lens, listTop: 0 } });
  });

const sortNext = inMatrix((model, matrix, now) => {
  const { columns, column } = matrixView(model, matrix);
  const sort = sortAfter(matrix.sort, columns[column]?.id);
  const says = {
    name: 'sorted as the list is',
    state: 'sorted by state: what needs attention first',
    reader: 'sorted by this reader: what it reads first',
  }[sort.by];
  return withToast(settle({ ...model, matrix: { ...matrix, sort } }), info(says, now));
});

function sortAfter(sort: Sort, column: string | undefined): Sort {
  if (sort.by === 'name') return { by: 'state' };
  return sort.by === 'state' && column !== undefined ? { by: 'reader', column } : { by: 'name' };
}

/** One step back: to the whole matrix, then to the list as it was. */
export function leaveMatrix(model: Model): Model {
  const { matrix } = model;
  if (matrix?.range) return { ...model, matrix: { ...matrix, range: null } };
  if (matrix && matrix.lens !== 'grid') return settle({ ...model, matrix: { ...matrix, lens: 'grid' } });
  return closeMatrix(model);
}

/** The list has its cursor where it was. */
export function closeMatrix(model: Model): Model {
  const { matrix } = model;
  const closed: Model = {
    ...model,
    matrix: matrix && { ...matrix, isOpen: false, range: null },
    view: browserView,
  };
  const isThere = model.lines.some(({ id }) => id === matrix?.from?.id);
  return isThere ? followLine(closed, matrix?.from) : closed;
}

/** What the keys of the matrix do. */
export const matrixCommands: Readonly<Record<Extract<CommandId, `matrix${string}`>, Command>> = {
  matrix: (model) => still(model.view.kind === 'matrix' ? closeMatrix(model) : openMatrix(model)),
  'matrix-left': across(-1),
  'matrix-right': across(1),
  'matrix-first': across('first'),
  'matrix-last': across('last'),
  'matrix-next-drift': toDrift(1),
  'matrix-previous-drift': toDrift(-1),
  'matrix-secret': look('secret'),
  'matrix-reader': look('reader'),
  'matrix-sort': sortNext,
  'matrix-toggle': toggleCells,
  'matrix-range': toggleMatrixRange,
  'matrix-all': toggleAllCells,
  'matrix-discard': discardCells,
  'matrix-discard-all': discardAll,
  'matrix-review': review,
  'matrix-repair': repair,
  'matrix-repair-all': repairAll,
  'matrix-add-reader': beginReaderLine('add'),
  'matrix-replace-key': beginReaderLine('replace'),
  'matrix-rename-reader': beginReaderLine('rename'),
  'matrix-remove-reader': removeReader,
};

/** To what one reader can read, from wherever one is. */
export function goToReader(model: Model, column: string): Model {
  const open = model.view.kind === 'matrix' ? model : openMatrix(model);
  const { matrix } = open;
  return matrix ? settle({ ...open, matrix: { ...matrix, column, lens: 'reader', listTop: 0 } }) : open;
}
