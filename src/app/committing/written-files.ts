import type { HistoryRecord } from '../../store/transaction/history.ts';
import type { Fingerprint } from '../../store/transaction/journal.ts';

/** One write of one file, with what undo kept of it. */
export interface WrittenOnce {
  readonly record: string;
  readonly index: number;
  readonly before: (Fingerprint & { readonly mode: number }) | null;
  readonly after: Fingerprint | null;
}

/** What keyhole wrote, by the file itself and not by links to it: all writes of it, oldest first. */
export function writtenFiles(history: readonly HistoryRecord[]): ReadonlyMap<string, readonly WrittenOnce[]> {
  const files = new Map<string, WrittenOnce[]>();
  for (const { id, journal } of history) {
    for (const [index, { target, before, after }] of journal.files.entries()) {
      const writes = files.get(target) ?? [];
      files.set(target, writes);
      writes.push({ record: id, index, before, after });
    }
  }
  return files;
}

/**
 * What lay there before each of the last writes that follow upon each other without anybody else between them, latest
 * first. Empty when what is there now is not what the last one left.
 */
export function unbroken(writes: readonly WrittenOnce[], now: string | null): readonly WrittenOnce[] {
  const chain: WrittenOnce[] = [];
  let expected = now;
  for (const write of writes.toReversed()) {
    if ((write.after?.sha256 ?? null) !== expected) break;
    chain.push(write);
    expected = write.before?.sha256 ?? null;
  }
  return chain;
}
