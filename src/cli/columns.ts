import { show } from '../core/safe-text.ts';

export type Tone = 'good' | 'bad' | 'doubtful' | 'quiet';
export interface TonedCell {
  readonly text: string;
  readonly tone: Tone;
}
export type Cell = string | TonedCell;

export interface ColumnStyle {
  /** Aligned with spaces for a person; otherwise separated by one tab, which no cell contains. */
  readonly aligned: boolean;
  readonly colour: boolean;
}

/** The sixteen colours only, so that the user's palette wins. */
const toneCodes = { good: '32', bad: '31', doubtful: '33', quiet: '2' } as const satisfies Record<
  Tone,
  string
>;

/** The records as text, one line each, every cell made safe. */
export async function layOutColumns(
  records: readonly (readonly Cell[])[],
  style: ColumnStyle,
): Promise<string> {
  const rows = records.map((record) =>
    record.map((cell) =>
      typeof cell === 'string'
        ? { text: show(cell), tone: undefined }
        : { text: show(cell.text), tone: cell.tone },
    ),
  );
  if (!style.aligned) return rows.map((row) => `${row.map((cell) => cell.text).join('\t')}\n`).join('');
  // Only a person needs widths; a program's `list` does not pay for loading them.
  const { textWidth } = await import('../core/text-width.ts');
  const widths: number[] = [];
  for (const row of rows) {
    for (const [index, cell] of row.entries()) {
      widths[index] = Math.max(widths[index] ?? 0, textWidth(cell.text));
    }
  }
  const lines = rows.map((row) =>
    row
      .map((cell, index) => {
        const padding =
          index === row.length - 1 ? '' : ' '.repeat((widths[index] ?? 0) - textWidth(cell.text));
        const coloured =
          style.colour && cell.tone ? `\u001b[${toneCodes[cell.tone]}m${cell.text}\u001b[m` : cell.text;
        return coloured + padding;
      })
      .join('  ')
      .trimEnd(),
  );
  return lines.map((line) => `${line}\n`).join('');
}
