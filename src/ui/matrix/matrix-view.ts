import { isReading } from '../../core/cell-state.ts';
import type { Repository } from '../../core/repository.ts';
import type { Secret, SecretId } from '../../core/secret.ts';
import type { StagedToggles } from '../../core/staged-toggles.ts';
import { shownStates } from '../keys/shown-states.ts';
import type { ListLine, Model } from '../state/model.ts';
import { isWantedReader, wantedBy } from '../state/state-filter.ts';
import type { Lens, MatrixState, Sort } from './matrix-state.ts';
import { type MatrixColumn, type MatrixTable, matrixTable } from './matrix-table.ts';

/** What the matrix shows of the repository, and where the cursor is in it; -1 where there is nothing. */
export interface MatrixView {
  readonly table: MatrixTable;
  readonly lens: Lens;
  readonly rows: readonly Secret[];
  readonly columns: readonly MatrixColumn[];
  readonly row: number;
  readonly column: number;
}

/** Below so many columns there is no room for a grid: the readers of one secret take its place. */
export const gridFrom = 60;

export function matrixView(model: Model, matrix: MatrixState): MatrixView {
  const table = matrixTable(model.repository);
  const columns = columnsOf(model, table);
  const listed = rowsOf(model, table, matrix.sort);
  const lens = matrix.lens === 'grid' && model.columns < gridFrom ? 'secret' : matrix.lens;
  const column = Math.max(
    columns.length === 0 ? -1 : 0,
    columns.findIndex(({ id }) => id === matrix.column),
  );
  const reader = columns[column];
  const rows = lens === 'reader' && reader ? readBy(table, listed, reader, matrix.staged) : listed;
  const found = matrix.row === null ? undefined : rows.placeOf.get(matrix.row);
  const row = found ?? (rows.all.length === 0 ? -1 : 0);
  return { table, lens, rows: rows.all, columns, row, column };
}

interface Rows {
  readonly all: readonly Secret[];
  readonly placeOf: ReadonlyMap<SecretId, number>;
}

const asRows = (all: readonly Secret[]): Rows => ({
  all,
  placeOf: new Map(all.map(({ id }, index) => [id, index])),
});

/** Per list of lines, which is another one after every change of the repository or the filter. */
const sorted = new WeakMap<readonly ListLine[], Map<string, Rows>>();

function rowsOf({ lines, repository }: Model, table: MatrixTable, sort: Sort): Rows {
  const bySort = sorted.get(lines) ?? new Map<string, Rows>();
  sorted.set(lines, bySort);
  const key = JSON.stringify(sort);
  const known = bySort.get(key);
  if (known) return known;
  const rows = asRows(sortRows(secretsOf(repository, lines), table, sort));
  bySort.set(key, rows);
  return rows;
}

/** The secrets of the list, each once. */
function secretsOf({ secrets }: Repository, lines: readonly ListLine[]): readonly Secret[] {
  const byId = new Map(secrets.map((secret) => [secret.id, secret]));
  return [...new Set(lines.map(({ id }) => id))].flatMap((id) => byId.get(id) ?? []);
}

function sortRows(rows: readonly Secret[], table: MatrixTable, sort: Sort): readonly Secret[] {
  if (sort.by === 'name') return rows;
  if (sort.by === 'state')
    return rows.toSorted((one, other) => shownStates.indexOf(one.state) - shownStates.indexOf(other.state));
  const column = table.columns.find(({ id }) => id === sort.column);
  if (!column) return rows;
  const place = (secret: Secret): number => (isReading(table.cell(secret, column)) ? 0 : 1);
  return rows.toSorted((one, other) => place(one) - place(other));
}

interface ReadRows {
  readonly staged: StagedToggles;
  readonly rows: Rows;
}

const ofReader = new WeakMap<Rows, Map<string, ReadRows>>();

/** What a reader reads, and what is to be given to it. */
function readBy(table: MatrixTable, listed: Rows, reader: MatrixColumn, staged: StagedToggles): Rows {
  const byReader = ofReader.get(listed) ?? new Map<string, ReadRows>();
  ofReader.set(listed, byReader);
  const known = byReader.get(reader.id);
  if (known?.staged === staged) return known.rows;
  const rows = asRows(
    listed.all.filter(
      (secret) => isReading(table.cell(secret, reader)) || staged.get(secret.id)?.has(reader.id),
    ),
  );
  byReader.set(reader.id, { staged, rows });
  return rows;
}

const wantedColumns = new WeakMap<MatrixTable, { reader: string; columns: readonly MatrixColumn[] }>();

/** All columns, or those whose name holds what `reader:` asks for. */
function columnsOf({ filter }: Model, table: MatrixTable): readonly MatrixColumn[] {
  const { reader } = wantedBy(filter.query);
  if (reader === null || reader === '') return table.columns;
  const known = wantedColumns.get(table);
  if (known?.reader === reader) return known.columns;
  const columns = table.columns.filter((column) => column.reader && isWantedReader(column.reader, reader));
  wantedColumns.set(table, { reader, columns });
  return columns;
}
