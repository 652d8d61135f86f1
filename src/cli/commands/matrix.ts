import { showMatrix } from '../../app/usecases/show-matrix.ts';
import type { MatrixOutput } from '../../app/usecases/types.ts';
import { type Outcome, ok } from '../../core/outcome.ts';
import { csvText, markdownText } from '../grid-text.ts';
import { hasOption, valuesOf } from '../invocation.ts';
import { openSessionFor } from '../open-session-for.ts';
import { type Report, report } from '../report.ts';
import { requireRules } from '../require-rules.ts';
import type { Output } from '../schema/output.ts';
import type { Command } from './command.ts';

export const matrix: Command = async (invocation, io): Promise<Outcome<Report | number>> => {
  const opened = await openSessionFor(invocation, io);
  if (!opened.ok) return opened;
  const readable = requireRules(opened.value.session.repository());
  if (!readable.ok) return readable;
  const shown = await showMatrix(opened.value.session, { globs: invocation.positionals });
  if (!shown.ok) return shown;
  const format = valuesOf(invocation, 'format')[0] ?? 'table';
  const grid = gridOf(shown.value);
  if (!hasOption(invocation, 'json') && (format === 'csv' || format === 'md')) {
    const written = io.stdout.write(format === 'csv' ? csvText(grid) : markdownText(grid));
    return written.ok ? ok(0) : written;
  }
  return ok(
    report({ json: { ...shown.value } satisfies Output<'matrix'>, records: grid, notes: opened.value.notes }),
  );
};

type MatrixCell = MatrixOutput['rows'][number]['cells'][number];

/** A heading, then one line a secret. */
const gridOf = (matrix: MatrixOutput): readonly (readonly string[])[] => [
  ['secret', 'state', ...matrix.readers.map((reader) => reader.name)],
  ...matrix.rows.map((row) => [row.id, row.state, ...row.cells.map(cellWord)]),
];

/** Words, because a grid is read by programs and screen readers too. */
function cellWord({ declared, onFile }: MatrixCell): string {
  if (!declared) return onFile === 'yes' ? 'extra' : onFile === 'no' ? '-' : 'perhaps';
  if (onFile === 'yes') return 'yes';
  return onFile === 'no' ? 'declared' : 'unknown';
}
