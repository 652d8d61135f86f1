import { show } from '../core/safe-text.ts';
import type { Yielding } from './fit-columns.ts';

export type Tone = 'good' | 'bad' | 'doubtful' | 'quiet';
export interface FormedCell {
  readonly text: string;
  readonly tone?: Tone;
  /** How it gives way where the line is too long for the terminal. */
  readonly yields?: Yielding;
}
export type Cell = string | FormedCell;

export interface ColumnStyle {
  /**
   * Aligned with spaces for a person, in a terminal of so many cells; otherwise separated by one tab, which no cell
   * contains, and never cut.
   */
  readonly aligned: { readonly room: number; readonly ellipsis: string } | null;
  readonly colour: boolean;
  /** So many columns at the left stand again beside those that come below, for they do not fit beside the others. */
  readonly frozen?: number;
  /** Where aligned: so many cells at the right stand below the others of their record. */
  readonly below?: number;
}

/** The records as text, one line each, every cell made safe. */
export async function layOutColumns(
  records: readonly (readonly Cell[])[],
  { aligned, colour, frozen, below }: ColumnStyle,
): Promise<string> {
  const rows = records.map((record) =>
    record.map((cell) =>
      typeof cell === 'string' ? { text: show(cell) } : { ...cell, text: show(cell.text) },
    ),
  );
  if (aligned === null) return rows.map((row) => `${row.map((cell) => cell.text).join('\t')}\n`).join('');
  // Only a person needs widths; a program's `list` does not pay for loading them.
  const { alignRows } = await import('./align-rows.ts');
  return alignRows(rows, { ...aligned, colour, frozen: frozen ?? 0, below: below ?? 0 });
}
