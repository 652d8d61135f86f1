import type { Repository } from '../../core/repository.ts';
import type { Secret } from '../../core/secret.ts';
import { countStaged, type StagedToggles, type Toggle, togglesOf } from '../../core/staged-toggles.ts';
import type { MatrixState } from './matrix-state.ts';
import { type MatrixColumn, matrixTable } from './matrix-table.ts';
import type { MatrixView } from './matrix-view.ts';

export interface Cell {
  readonly secret: Secret;
  readonly column: MatrixColumn;
}

export const stagedAt = (staged: StagedToggles, secret: Secret, column: MatrixColumn): Toggle | null =>
  staged.get(secret.id)?.get(column.id) ?? null;

/** `+2 −1`; empty where nothing is staged. */
export function stagedText(staged: StagedToggles, minus: string): string {
  const { grant, revoke } = countStaged(staged);
  return [grant > 0 && `+${grant}`, revoke > 0 && `${minus}${revoke}`].filter(Boolean).join(' ');
}

/** Why nobody can be given this secret, or taken off it; `null` where that is possible. */
export function whyNotStaged({ rule, ruleProblem }: Secret, { reader }: MatrixColumn): string | null {
  if (reader === null) return 'no rule can name them: encrypting the file again takes them off';
  if (ruleProblem) return 'its rule could not be read';
  return rule ? null : 'no rule says who may read it';
}

export function cellAt({ rows, columns }: MatrixView, row: number, column: number): readonly Cell[] {
  const [secret, reader] = [rows[row], columns[column]];
  return secret && reader ? [{ secret, column: reader }] : [];
}

/** From where the range began to the cursor, both ways; without one the cell under the cursor. */
export function rangeCells({ range }: MatrixState, view: MatrixView): readonly Cell[] {
  const bounds = rangeBounds(range, view);
  const cells: Cell[] = [];
  for (let row = bounds.rows[0]; row <= bounds.rows[1]; row += 1) {
    for (let column = bounds.columns[0]; column <= bounds.columns[1]; column += 1) {
      cells.push(...cellAt(view, row, column));
    }
  }
  return cells;
}

/** Places, both ends included. */
export type Bounds = Readonly<Record<'rows' | 'columns', readonly [from: number, to: number]>>;

/** The first and last row and column of the range; the cursor's where there is none. */
export function rangeBounds(range: MatrixState['range'], view: MatrixView): Bounds {
  const { rows, columns, row, column } = view;
  const from = range ? rows.findIndex(({ id }) => id === range.row) : row;
  const start = range ? columns.findIndex(({ id }) => id === range.column) : column;
  const [top, left] = [from < 0 ? row : from, start < 0 ? column : start];
  return {
    rows: [Math.min(top, row), Math.max(top, row)],
    columns: [Math.min(left, column), Math.max(left, column)],
  };
}

/** Without what is gone, or so already, after the repository was read again. */
export function withoutSettled(staged: StagedToggles, repository: Repository): StagedToggles {
  if (staged.size === 0) return staged;
  const { columns, placeOf, cell } = matrixTable(repository);
  const secrets = new Map(repository.secrets.map((secret) => [secret.id, secret]));
  const kept = new Map(
    [...staged].map(([id, row]) => {
      const secret = secrets.get(id);
      const there = [...row].filter(([name, to]) => {
        const column = columns[placeOf.get(name) ?? -1];
        return (
          secret && column && !whyNotStaged(secret, column) && togglesOf[cell(secret, column)].includes(to)
        );
      });
      return [id, new Map(there)] as const;
    }),
  );
  return new Map([...kept].filter(([, row]) => row.size > 0));
}
