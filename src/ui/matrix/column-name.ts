import { readerLabel } from '../../core/recipient-label.ts';
import type { Pen } from '../pen.ts';
import type { MatrixColumn } from './matrix-table.ts';

/** What a column is called on the screen. */
export const columnName = (pen: Pen, { reader }: MatrixColumn): string =>
  reader ? pen.show(readerLabel(reader)) : 'unnamed keys';

/** The same within a few cells. Numbers at the end tell hosts apart, and else the beginning does. */
export function columnHead(pen: Pen, column: MatrixColumn, cells: number): string {
  const name = column.reader ? columnName(pen, column) : 'keys';
  return /\d$/.test(name) ? pen.middle(name, cells) : pen.end(name, cells);
}

/** A path without the directory that all secrets are in, which the title says. */
export const withoutLead = (shown: string, lead: string): string =>
  shown.startsWith(lead) ? shown.slice(lead.length) : shown;
