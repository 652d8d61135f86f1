import type { SecretId } from '../../core/secret.ts';
import type { StagedToggles } from '../../core/staged-toggles.ts';
import type { ListLine } from '../state/model.ts';

/** Which way the matrix is looked at: all of it, the readers of one secret, or what one reader can read. */
export type Lens = 'grid' | 'secret' | 'reader';

/** As the list has them, what needs attention first, or what one reader (`MatrixColumn.id`) reads first. */
export type Sort =
  | { readonly by: 'name' }
  | { readonly by: 'state' }
  | { readonly by: 'reader'; readonly column: string };

/**
 * The screen of secrets against readers. The cursor is names, not places: rows and columns come and go, and it is on
 * the first while its own is not listed.
 */
export interface MatrixState {
  /** False while it waits to be opened again. */
  readonly isOpen: boolean;
  readonly row: SecretId | null;
  /** Of a column (`MatrixColumn.id`). */
  readonly column: string | null;
  readonly lens: Lens;
  readonly sort: Sort;
  /** The first row, and the first column, that is seen. */
  readonly top: number;
  readonly left: number;
  /** The first line that is seen of one secret's readers or of one reader's secrets. */
  readonly listTop: number;
  /** What is to change, until it is reviewed and written. It stays while the matrix is not looked at. */
  readonly staged: StagedToggles;
  /** Where a range of cells began that ends at the cursor. */
  readonly range: { readonly row: SecretId; readonly column: string } | null;
  /** Where the list's cursor was. */
  readonly from: ListLine | undefined;
}
