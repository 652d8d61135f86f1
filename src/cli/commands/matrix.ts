import { showMatrix } from '../../app/usecases/show-matrix.ts';
import type { MatrixOutput } from '../../app/usecases/types.ts';
import { type Outcome, ok } from '../../core/outcome.ts';
import { stanzaName } from '../../core/stanza-name.ts';
import { csvText, markdownText } from '../grid-text.ts';
import { valuesOf } from '../invocation.ts';
import { nothingFits } from '../nothing-fits.ts';
import { openSessionFor } from '../open-session-for.ts';
import { problemNotes } from '../problem-notes.ts';
import { type Report, report } from '../report.ts';
import { requireRules } from '../require-rules.ts';
import type { Output } from '../schema/output.ts';
import type { Command } from './command.ts';

export const matrix: Command = async (invocation, io): Promise<Outcome<Report>> => {
  const opened = await openSessionFor(invocation, io);
  if (!opened.ok) return opened;
  const readable = requireRules(opened.value.session.repository());
  if (!readable.ok) return readable;
  const shown = await showMatrix(opened.value.session, { globs: invocation.positionals });
  if (!shown.ok) return shown;
  // A row or a reader may be missing because of them.
  const { session, notes: before } = opened.value;
  const notes = [
    ...before,
    ...problemNotes(session.repository().problems),
    ...nothingFits(invocation, session, shown.value.rows.length),
  ];
  const grid = gridOf(shown.value);
  const json = { ...shown.value } satisfies Output<'matrix'>;
  const records = grid.map(([secret = '', ...cells]) => [
    { text: secret, yields: 'path' as const },
    ...cells,
  ]);
  const text = textOf(grid, valuesOf(invocation, 'format')[0]);
  return ok(report({ json, records, frozen: 2, text, notes }));
};

function textOf(grid: readonly (readonly string[])[], format: string | undefined): string | null {
  if (format === 'csv') return csvText(grid);
  return format === 'md' ? markdownText(grid) : null;
}

type MatrixRow = MatrixOutput['rows'][number];

/** A heading, then one line a secret; readers without a name share the last column, which is there if anybody is. */
function gridOf({ readers, rows }: MatrixOutput): readonly (readonly string[])[] {
  const unnamed = rows.some((row) => row.unnamed.length > 0);
  return [
    ['secret', 'state', ...readers.map(({ alias, name }) => alias ?? name), ...(unnamed ? ['?'] : [])],
    ...rows.map((row) => [
      row.id,
      row.state,
      ...row.cells.map(cellWord),
      ...(unnamed ? [unnamedReaders(row.unnamed)] : []),
    ]),
  ];
}

/** As many as stay readable in a cell; `who` tells all. */
const shownUnnamed = 3;

function unnamedReaders(unnamed: MatrixRow['unnamed']): string {
  if (unnamed.length === 0) return '-';
  const shown = unnamed.slice(0, shownUnnamed).map(stanzaName).join(', ');
  return unnamed.length > shownUnnamed ? `${shown}, ${unnamed.length - shownUnnamed} more` : shown;
}

/** Words, because a grid is read by programs and screen readers too. */
function cellWord({ declared, onFile }: MatrixRow['cells'][number]): string {
  if (declared === 'unknown') return onFile === 'yes' ? 'in-file' : onFile === 'no' ? 'not-in-file' : '?';
  if (declared === 'no') return onFile === 'yes' ? 'extra' : onFile === 'no' ? '-' : 'perhaps';
  if (onFile === 'yes') return 'yes';
  return onFile === 'no' ? 'declared' : 'unknown';
}
