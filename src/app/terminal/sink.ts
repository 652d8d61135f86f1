import type { Outcome } from '../../core/outcome.ts';

/**
 * Where output goes. Writing is synchronous: bytes lent by the session are never queued, and nothing is lost when
 * the process ends.
 */
export interface Sink {
  /** Whether a person may be looking. */
  readonly isTerminal: () => boolean;
  /** Cells of a line; nothing where that is no terminal or does not tell. */
  readonly columns: () => number | undefined;
  /** `closed` when the reader went away (`head`, a pager that was quit): not an error, more output is pointless. */
  readonly write: (data: string | Uint8Array) => Outcome<'written' | 'closed'>;
}
