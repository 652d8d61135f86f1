import { windowTop } from '../layout.ts';
import type { MatrixColumn } from './matrix-table.ts';

/** How the cells inside the matrix' frame are shared out. */
export interface GridShape {
  readonly width: number;
  readonly nameCells: number;
  readonly columnCells: number;
  /** Lines above the rows: the names of the readers, and where there is room what they are. */
  readonly head: number;
  /** Rows that are seen. */
  readonly height: number;
  readonly hasLegend: boolean;
  /** Lines that explain the cell under the cursor. */
  readonly explained: number;
}

/** A column that is seen: its place among all of them, and its first cell. */
export interface Slot {
  readonly index: number;
  readonly x: number;
  /** The first of its group, with a line before it that keeps the groups apart. */
  readonly isApart: boolean;
}

const pointerCells = 2;
/** A bracket before and behind the sign under the cursor. */
const leastColumn = 3;
/** With so much of each name all columns are shown. */
const tightColumn = 4;
/** So much of it stays where not all of them fit. */
const usualColumn = 6;
const mostColumn = 12;
const leastName = 12;
const apartCells = 2;

export interface GridInput {
  readonly width: number;
  readonly height: number;
  readonly longestSecret: number;
  readonly longestReader: number;
  readonly columns: readonly MatrixColumn[];
}

/** Pure: the same room and names give the same shape. */
export function gridShape({ width, height, longestSecret, longestReader, columns }: GridInput): GridShape {
  const mostName = Math.max(leastName, Math.floor(width * 0.42));
  const nameCells = Math.max(leastName, Math.min(longestSecret, mostName));
  const groups = new Set(columns.map(({ group }) => group)).size;
  const room = width - pointerCells - nameCells - Math.max(0, groups - 1) * apartCells;
  const fitting = Math.floor(room / Math.max(1, columns.length)) - 1;
  const longest = Math.max(leastColumn, Math.min(longestReader, mostColumn));
  const columnCells = Math.min(longest, fitting < tightColumn ? usualColumn : fitting);
  const head = height >= 12 ? 2 : 1;
  const hasLegend = height >= 9;
  const explained = height < 9 ? 1 : width < 100 && height >= 16 ? 3 : 2;
  return {
    width,
    nameCells,
    columnCells,
    head,
    hasLegend,
    explained,
    height: Math.max(1, height - head - explained - Number(hasLegend)),
  };
}

/** The columns from `left` that fit, each with its place. */
export function slotsFrom(shape: GridShape, columns: readonly MatrixColumn[], left: number): readonly Slot[] {
  const slots: Slot[] = [];
  let x = pointerCells + shape.nameCells;
  for (let index = left; index < columns.length; index += 1) {
    const isApart = index > left && columns[index]?.group !== columns[index - 1]?.group;
    const start = x + (isApart ? apartCells : 0) + 1;
    x = start + shape.columnCells;
    if (x > shape.width) break;
    slots.push({ index, x: start, isApart });
  }
  return slots;
}

/** Moved as little as possible from `left` so that `cursor` is seen, and no room is left at the end. */
export function windowLeft(
  shape: GridShape,
  columns: readonly MatrixColumn[],
  left: number,
  cursor: number,
): number {
  const last = (from: number): number => slotsFrom(shape, columns, from).at(-1)?.index ?? from;
  let from = Math.max(0, Math.min(left, cursor, columns.length - 1));
  while (from < cursor && last(from) < cursor) from += 1;
  const end = columns.length - 1;
  while (from > 0 && last(from) === end && last(from - 1) === end) from -= 1;
  return from;
}

/** The cell of the sign in a column: behind the bracket that the cursor puts there. */
export const signCell = ({ x }: Slot): number => x + 1;

export const gridTop = (shape: GridShape, top: number, cursor: number, count: number): number =>
  windowTop(top, cursor, shape.height, count);
