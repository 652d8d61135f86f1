import { type CellState, cellState, cellStates } from '../../core/cell-state.ts';
import { buildMatrix } from '../../core/matrix.ts';
import type { Reader, Repository } from '../../core/repository.ts';
import type { Secret } from '../../core/secret.ts';

/** A reader, or all those on files of whom no more is known than a stanza. */
export interface MatrixColumn {
  readonly id: string;
  readonly group: 'hosts' | 'people' | 'other' | 'unnamed';
  /** `null` for the unnamed. */
  readonly reader: Reader | null;
}

/** Secrets against readers: what each frame needs of it, worked out once per reading of the repository. */
export interface MatrixTable {
  /** Hosts, people, others, and at last the unnamed, where there are any. */
  readonly columns: readonly MatrixColumn[];
  readonly placeOf: ReadonlyMap<string, number>;
  readonly cell: (secret: Secret, column: MatrixColumn) => CellState;
}

/** No name has it: Nix has no strings with this character. */
export const unnamedId = '\u0000';

const groupOf = { host: 'hosts', person: 'people', unknown: 'other' } as const;
const groupOrder = ['hosts', 'people', 'other'] as const;

const tables = new WeakMap<Repository, MatrixTable>();

export function matrixTable(repository: Repository): MatrixTable {
  const known = tables.get(repository);
  if (known) return known;
  const table = build(repository);
  tables.set(repository, table);
  return table;
}

export const hasUnnamed = ({ columns }: MatrixTable): boolean => columns.at(-1)?.id === unnamedId;

function build(repository: Repository): MatrixTable {
  const matrix = buildMatrix(repository);
  const readers = matrix.columns.map(
    (reader): MatrixColumn => ({ id: reader.name, group: groupOf[reader.kind], reader }),
  );
  const isAnyUnnamed = matrix.rows.some((row) => matrix.unnamed(row).length > 0);
  const columns: readonly MatrixColumn[] = [
    ...groupOrder.flatMap((group) => readers.filter((column) => column.group === group)),
    ...(isAnyUnnamed ? [{ id: unnamedId, group: 'unnamed', reader: null } as const] : []),
  ];
  const placeOf = new Map(columns.map(({ id }, index) => [id, index]));
  // A byte a cell, of the rows that were looked at: the place of its state, and one more.
  const rows = new Map<Secret, Uint8Array>();
  return {
    columns,
    placeOf,
    cell(secret, column) {
      if (column.reader === null) return matrix.unnamed(secret.id).length > 0 ? 'extra' : 'none';
      let row = rows.get(secret);
      if (!row) {
        row = new Uint8Array(columns.length);
        rows.set(secret, row);
      }
      const place = placeOf.get(column.id) ?? 0;
      const found = row[place] ?? 0;
      if (found > 0) return cellStates[found - 1] ?? 'none';
      const state = cellState(secret, matrix.cell(secret.id, column.id));
      row[place] = cellStates.indexOf(state) + 1;
      return state;
    },
  };
}
