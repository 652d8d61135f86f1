/** One line of the table. With `theirs`, `limit` bounds the ratio ours/theirs; without, it bounds `ours` itself. */
export interface Row {
  readonly what: string;
  readonly ours: number;
  readonly against?: string;
  readonly theirs?: number;
  readonly limit?: number;
  /** Milliseconds unless said otherwise. */
  readonly unit?: string;
}

/** Prints the rows as a Markdown table that is readable as text. */
export function printTable(rows: readonly Row[]): void {
  const cells = rows.map(describeRow);
  const head = ['what', 'keyhole', 'beside', 'ratio', 'target', ''];
  const widths = head.map((title, column) =>
    Math.max(title.length, ...cells.map((row) => row[column]?.length ?? 0)),
  );
  const line = (row: readonly string[]) =>
    `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  console.log(line(head));
  console.log(line(widths.map((width) => '-'.repeat(width))));
  for (const row of cells) console.log(line(row));
}

function describeRow({ what, ours, against, theirs, limit, unit = 'ms' }: Row): string[] {
  const ratio = theirs === undefined ? undefined : ours / theirs;
  const judged = ratio ?? ours;
  const bound =
    limit === undefined
      ? ''
      : ratio === undefined
        ? `≤ ${round(limit)} ${unit}`
        : `≤ ${describeRatio(limit)}`;
  return [
    what,
    `${round(ours)} ${unit}`,
    theirs === undefined ? '' : `${round(theirs)} ${unit}  ${against}`,
    ratio === undefined ? '' : describeRatio(ratio),
    bound,
    limit === undefined ? '' : judged <= limit ? 'met' : 'MISSED',
  ];
}

const describeRatio = (ratio: number) => (ratio < 1 ? `1/${round(1 / ratio)}` : `${ratio.toFixed(2)} ×`);

const round = (value: number) => (value >= 100 ? value.toFixed(0) : value.toFixed(1));
