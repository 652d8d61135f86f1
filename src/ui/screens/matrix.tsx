import type { ReactElement } from 'react';
import type { CellState } from '../../core/cell-state.ts';
import { inside } from '../layout.ts';
import { cellLine, currentCell } from '../matrix/cell-words.ts';
import { checklistHead } from '../matrix/checklist-head.ts';
import { checklistRows, checklistTitle } from '../matrix/checklist-rows.ts';
import { type GridShape, type Slot, slotsFrom } from '../matrix/grid-layout.ts';
import { gridRow, headRows, legendRow } from '../matrix/grid-rows.ts';
import type { MatrixState } from '../matrix/matrix-state.ts';
import { gridFrom, type MatrixView, matrixView } from '../matrix/matrix-view.ts';
import { checklistHeight, explainedLines, shapeOf } from '../matrix/move-matrix.ts';
import { rangeBounds, stagedText } from '../matrix/staged-cells.ts';
import { Panel } from '../parts/panel.tsx';
import type { Pen } from '../pen.ts';
import { commonDirectory } from '../state/common-directory.ts';
import type { Model } from '../state/model.ts';
import { layoutOf } from '../state/select.ts';
import { wrapText } from '../styled-text.ts';

interface MatrixProps {
  readonly model: Model;
  readonly pen: Pen;
  readonly matrix: MatrixState;
}

/** Secrets against readers, and below them why the cell under the cursor is as it is. Only what is seen is made. */
export function Matrix({ model, pen, matrix }: MatrixProps): ReactElement {
  const { body, isFramed } = layoutOf(model);
  const { width, height } = inside(body, isFramed);
  const view = matrixView(model, matrix);
  const isGrid = view.lens === 'grid';
  const shape = shapeOf(model, view);
  const slots = slotsFrom(shape, view.columns, matrix.left);
  const lead = pen.show(commonDirectory(model.repository));
  const cells = isGrid
    ? gridRows(pen, view, matrix, shape, slots, lead)
    : [
        checklistHead(model, pen, view, width),
        ...checklistRows(pen, view, matrix.listTop, checklistHeight(model), width, lead, matrix),
      ];
  const states = isGrid ? statesInSight(view, matrix, shape, slots) : null;
  const room = height - (isGrid ? shape.explained + Number(shape.hasLegend) : explainedLines(model));
  const rows = [
    ...cells,
    ...Array.from({ length: Math.max(0, room - cells.length) }, () => ''),
    ...(states && shape.hasLegend ? [legendRow(pen, states, matrix.staged, width)] : []),
    ...explanation(model, pen, matrix, width, isGrid ? shape.explained : explainedLines(model)),
  ];
  const title = isGrid
    ? `${lead || 'secrets'} ${pen.glyphs.times} readers`
    : checklistTitle(pen, view, width, lead);
  const staged = stagedText(matrix.staged, pen.glyphs.minus);
  const isNarrow = width < gridFrom;
  const counts = staged === '' ? '' : isNarrow ? `${staged}  ` : `staged ${staged} ${pen.glyphs.dot} `;
  return (
    <Panel
      pen={pen}
      rect={body}
      isFramed={isFramed}
      isFocused
      title={title}
      note={counts + noteOf(view, slots)}
      rows={rows}
    />
  );
}

function gridRows(
  pen: Pen,
  view: MatrixView,
  { top, staged, range }: MatrixState,
  shape: GridShape,
  slots: readonly Slot[],
  lead: string,
): readonly string[] {
  const marks = { staged, range: range && rangeBounds(range, view) };
  const seen = view.rows.slice(top, top + shape.height);
  const rows = seen.map((_, offset) => gridRow(pen, view, shape, slots, top + offset, lead, marks));
  if (view.columns.length === 0) return [pen.end(' No reader is called so. Esc goes back.', shape.width)];
  const empty = [pen.end(' No secret fits. Esc goes back, and again clears the filter.', shape.width)];
  return [...headRows(pen, view, shape, slots), ...(rows.length > 0 ? rows : empty)];
}

function statesInSight(
  { rows, columns, table }: MatrixView,
  { top }: MatrixState,
  { height }: GridShape,
  slots: readonly Slot[],
): ReadonlySet<CellState> {
  const states = new Set<CellState>();
  for (const secret of rows.slice(top, top + height)) {
    for (const { index } of slots) {
      const column = columns[index];
      if (column?.reader) states.add(table.cell(secret, column));
    }
  }
  return states;
}

/** Which of how many, both ways. */
function noteOf({ rows, columns, row, column, lens }: MatrixView, slots: readonly Slot[]): string {
  const place = (at: number, all: readonly unknown[]): string =>
    `${all.length === 0 ? 0 : at + 1}/${all.length}`;
  if (lens === 'secret') return place(column, columns);
  if (lens === 'reader') return place(row, rows);
  const [first, last] = [slots[0], slots.at(-1)];
  const isCut = first !== undefined && last !== undefined && slots.length < columns.length;
  const seen = isCut ? `, readers ${first.index + 1}-${last.index + 1} of ${columns.length}` : '';
  return `${place(row, rows)}${seen}`;
}

/** As much of it as there are lines for; the last is cut. */
function explanation(
  model: Model,
  pen: Pen,
  matrix: MatrixState,
  width: number,
  height: number,
): readonly string[] {
  const lines = wrapText(cellLine(pen, currentCell(model, matrix)), width - 2);
  const shown =
    lines.length > height ? [...lines.slice(0, height - 1), lines.slice(height - 1).join(' ')] : lines;
  return Array.from({ length: height }, (_, index) => ` ${pen.end(shown[index] ?? '', width - 2)}`);
}
