import type { HistoryRecord } from '../../store/transaction/history.ts';
import type { Reversal } from './writer.ts';

/** A past write as the changes that take it back. */
export function reversalOf({ id, journal }: HistoryRecord): Reversal {
  const changes = journal.files.map(({ path, before, after }, index) => ({
    kind: 'restore' as const,
    path,
    content: before && { record: id, index, ...before },
    instead: after?.sha256 ?? null,
  }));
  return { label: journal.label, at: journal.at, changes };
}
