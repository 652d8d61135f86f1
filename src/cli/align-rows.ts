import { textWidth } from '../core/text-width.ts';
import type { FormedCell, Tone } from './columns.ts';
import { columnGap, fitCell, fitColumns, lineWidth } from './fit-columns.ts';
import { wrap } from './help/wrap.ts';

interface Alignment {
  /** Cells of a line of the terminal. */
  readonly room: number;
  readonly ellipsis: string;
  readonly colour: boolean;
  readonly frozen: number;
  readonly below: number;
}

type Row = readonly FormedCell[];

/** The sixteen colours only, so that the user's palette wins. */
const toneCodes = { good: '32', bad: '31', doubtful: '33', quiet: '2' } as const satisfies Record<
  Tone,
  string
>;

/** So much of a line at most belongs to the columns that stand again in each block. */
const frozenShare = 0.55;

/** Of what stands below the line of its record. */
const indent = '    ';

/** Safe rows as aligned lines. What gives way is cut to the room; with frozen columns, what does not fit comes below. */
export function alignRows(records: readonly Row[], alignment: Alignment): string {
  const { below, room } = alignment;
  if (below === 0) return alignWhole(records, alignment);
  const heads = alignWhole(
    records.map((row) => row.slice(0, -below)),
    alignment,
  ).split('\n');
  return records
    .map((row, index) => {
      const sentences = row.slice(-below).flatMap(({ text }) => wrap(text, room, indent));
      return [heads[index] ?? '', ...sentences].map((line) => `${line}\n`).join('');
    })
    .join('');
}

function alignWhole(rows: readonly Row[], alignment: Alignment): string {
  const widths: number[] = [];
  for (const row of rows) {
    for (const [index, cell] of row.entries()) {
      widths[index] = Math.max(widths[index] ?? 0, textWidth(cell.text));
    }
  }
  return blocksOf(widths, alignment)
    .map((columns) => block(rows, widths, columns, alignment))
    .join('\n');
}

/** Which columns stand side by side. */
function blocksOf(widths: readonly number[], { room, frozen }: Alignment): readonly (readonly number[])[] {
  const all = [...widths.keys()];
  if (frozen === 0 || frozen >= all.length || lineWidth(widths) <= room) return [all];
  const head = all.slice(0, frozen);
  const headWidth = Math.min(lineWidth(head.map((index) => widths[index] ?? 0)), room * frozenShare);
  const blocks: number[][] = [];
  let left = 0;
  for (const index of all.slice(frozen)) {
    const width = (widths[index] ?? 0) + columnGap;
    const last = blocks.at(-1);
    if (last && width <= left) last.push(index);
    else blocks.push([...head, index]);
    left = (last && width <= left ? left : Math.floor(room - headWidth)) - width;
  }
  return blocks;
}

function block(
  rows: readonly Row[],
  widths: readonly number[],
  columns: readonly number[],
  { room, ellipsis, colour }: Alignment,
): string {
  const yielding = columns.map((index) => rows.find((row) => row[index]?.yields)?.[index]?.yields);
  const fitted = fitColumns(
    columns.map((index) => widths[index] ?? 0),
    yielding,
    room,
  );
  const lines = rows.map((row) =>
    columns
      .flatMap((index, place) => {
        const cell = row[index];
        if (cell === undefined) return [];
        const text = fitCell(cell.text, cell.yields, fitted[place] ?? 0, ellipsis);
        const isLast = index === row.length - 1;
        const padding = isLast ? '' : ' '.repeat(Math.max(0, (fitted[place] ?? 0) - textWidth(text)));
        return [(colour && cell.tone ? `\u001b[${toneCodes[cell.tone]}m${text}\u001b[m` : text) + padding];
      })
      .join(' '.repeat(columnGap))
      .trimEnd(),
  );
  return lines.map((line) => `${line}\n`).join('');
}
