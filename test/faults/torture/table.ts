/** What one series of attacks came to. */
export interface Row {
  readonly attack: string;
  readonly runs: number;
  /** Runs in which the fault took place; the others prove nothing. */
  readonly hits: number;
  readonly broken: number;
  /** After the next start. */
  readonly mixed: number;
  readonly lies: number;
  readonly leftovers: number;
  /** Ended as before, and as it was to be. */
  readonly old: number;
  readonly fresh: number;
  readonly seconds: number;
  /** The first things that should not have been. */
  readonly trouble: readonly string[];
  /** A control: it must fail. */
  readonly control: boolean;
}

const columns = ['runs', 'hits', 'broken', 'mixed', 'lies', 'leftovers', 'old', 'fresh', 'seconds'] as const;

export const isGood = (row: Row): boolean => {
  const harm = row.broken + row.mixed;
  if (row.control) return row.runs > 0 && harm > 0;
  return row.runs > 0 && row.hits === row.runs && harm + row.lies + row.leftovers === 0;
};

/** One line of the table. */
export const lineOf = (row: Row): string =>
  `| ${row.attack} | ${columns.map((column) => row[column]).join(' | ')} | ${isGood(row) ? 'as claimed' : '**FAILED**'} |`;

/** As Markdown, for SECURITY.md. */
export function tableOf(rows: readonly Row[]): string {
  const head = `| attack | ${columns.map((column) => (column === 'fresh' ? 'new' : column)).join(' | ')} | |`;
  return [head, `|---${'|---'.repeat(columns.length + 1)}|`, ...rows.map(lineOf)].join('\n');
}
