import { inside } from '../layout.ts';
import type { Model } from '../state/model.ts';
import { layoutOf } from '../state/select.ts';
import { signCell, slotsFrom } from './grid-layout.ts';
import { matrixView } from './matrix-view.ts';
import { shapeOf } from './move-matrix.ts';

/** Where the hardware cursor stands: on the sign of the cell, or on the line of the list. */
export function matrixCursor(model: Model): { readonly x: number; readonly y: number } {
  const { body, isFramed } = layoutOf(model);
  const { x, y } = inside(body, isFramed);
  const { matrix } = model;
  if (!matrix) return { x, y };
  const view = matrixView(model, matrix);
  if (view.lens !== 'grid') {
    const at = view.lens === 'secret' ? view.column : view.row;
    return { x: x + 3, y: y + 1 + Math.max(0, at - matrix.listTop) };
  }
  const shape = shapeOf(model, view);
  const slot = slotsFrom(shape, view.columns, matrix.left).find(({ index }) => index === view.column);
  return {
    x: x + (slot ? signCell(slot) : 0),
    y: y + shape.head + Math.max(0, view.row - matrix.top),
  };
}
