import { counted } from '../../core/counted.ts';
import type { Pen } from '../pen.ts';
import type { Model } from '../state/model.ts';
import { cellText, currentCell } from './cell-words.ts';
import { columnName } from './column-name.ts';
import type { MatrixState } from './matrix-state.ts';
import { matrixView } from './matrix-view.ts';
import { rangeCells, stagedText } from './staged-cells.ts';

const lensWords = {
  grid: 'secrets against readers',
  secret: 'readers of one secret',
  reader: 'what one reader can read',
} as const;

/** The cell under the cursor in words, for screen readers. */
export function matrixLines(model: Model, pen: Pen, matrix: MatrixState): readonly string[] {
  const { rows, columns, row, column, lens } = matrixView(model, matrix);
  const cell = currentCell(model, matrix);
  if (!cell) return [`${lensWords[lens]}: nothing is listed`];
  const { group } = cell.column;
  const staged = stagedText(matrix.staged, pen.glyphs.minus);
  return [
    lensWords[lens],
    `row ${row + 1} of ${rows.length}, ${pen.show(cell.secret.id)}, ${cell.secret.state}`,
    `column ${column + 1} of ${columns.length}, ${columnName(pen, cell.column)}${group === 'unnamed' ? '' : `, ${group}`}`,
    cellText(pen, cell),
    ...(matrix.range
      ? [`range of ${counted(rangeCells(matrix, matrixView(model, matrix)).length, 'cell')}`]
      : []),
    ...(staged === '' ? [] : [`staged ${staged}`]),
  ];
}
