import { renameSync } from 'node:fs';
import { join } from 'node:path';
import type { KeptContent } from '../../core/change.ts';
import { fail, type Outcome } from '../../core/outcome.ts';
import { openJail } from '../jail.ts';
import { namesIn, throwAwayAtOnce } from './housekeeping.ts';
import { type Journal, journalNames, oldName, readJournal } from './journal.ts';
import { isRealDirectory, makeOwnDirectory, readKeptFile } from './kept-file.ts';
import { existingHomes } from './possible-homes.ts';
import { sha256 } from './targets.ts';

/** A finished write, and what it replaced. */
export interface HistoryRecord {
  /** Eight digits; later writes have larger ones. */
  readonly id: string;
  readonly journal: Journal;
}

/** Writes that can be undone. What they replaced is ciphertext or rules, never a value in clear. */
const kept = 50;
/** Bytes of all that is kept, as far as the last write allows. */
const keptBytes = 64 * 1024 * 1024;
/** As long as every write replaces less than this, all that are kept together stay below the limit. */
const smallWrite = keptBytes / kept;

const directoryOf = (home: string): string => join(home, 'undo');

/** Oldest first. What cannot be read is left out: it cannot be undone, and is in nobody's way. */
export function readHistory(home: string): readonly HistoryRecord[] {
  return idsIn(home).flatMap((id) => {
    const journal = readRecord(join(directoryOf(home), id), journalNames.commit);
    return journal.ok ? [{ id, journal: journal.value }] : [];
  });
}

/** The journal in a record's directory. Errors: `not-found`, `damaged`, `refused`, `io`. */
export function readRecord(record: string, name: string): Outcome<Journal> {
  const bytes = readKeptFile(join(record, name));
  return bytes.ok ? readJournal(bytes.value, record) : bytes;
}

/** The writes in a repository that can be undone, oldest first. */
export function readRepositoryHistory(root: string): readonly HistoryRecord[] {
  const homes = inHomes(root, readHistory);
  // In one home their order is certain, whatever the clock said; between two only the clock can tell.
  const at = ({ journal }: HistoryRecord): number => Date.parse(journal.at);
  return homes.length > 1 ? homes.flat().sort((one, other) => at(one) - at(other)) : homes.flat();
}

/** What a file was before a write, byte for byte. Errors: `damaged` when that is no longer there or not the same. */
export function keptContent(
  root: string,
  { record, index, sha256: wanted }: KeptContent,
): Outcome<Uint8Array> {
  for (const bytes of inHomes(root, (home) =>
    readKeptFile(join(directoryOf(home), record, oldName(index))),
  )) {
    if (bytes.ok && sha256(bytes.value) === wanted) return bytes;
  }
  return fail('damaged', 'what undo kept is no longer there, or no longer what it was');
}

function inHomes<T>(root: string, read: (home: string) => T): readonly T[] {
  const jail = openJail(root);
  try {
    return existingHomes(jail).map(read);
  } finally {
    jail.close();
  }
}

/** Files a finished record in one step, and gives its id. Throws what the system throws. */
export function keepRecord(home: string, record: string): string {
  makeOwnDirectory(home, directoryOf(home));
  const last = idsIn(home).at(-1);
  const id = String(Number(last ?? '0') + 1).padStart(8, '0');
  renameSync(record, join(directoryOf(home), id));
  return id;
}

/** Forgets the oldest writes beyond the limits, the newest never. Only for who holds the lock. */
export function prune(home: string, newest: Journal): void {
  if (sizeOf(newest) < smallWrite && idsIn(home).length <= kept) return;
  let bytes = 0;
  const records = [...readHistory(home)].reverse();
  for (const [age, { id, journal }] of records.entries()) {
    bytes += sizeOf(journal);
    if (age > 0 && (age >= kept || bytes > keptBytes)) {
      throwAwayAtOnce(home, join(directoryOf(home), id));
    }
  }
}

const sizeOf = ({ files }: Journal): number =>
  files.reduce((sum, { before }) => sum + (before?.size ?? 0), 0);

function idsIn(home: string): readonly string[] {
  if (!isRealDirectory(directoryOf(home))) return [];
  return namesIn(directoryOf(home))
    .filter((name) => /^\d{8,15}$/.test(name))
    .sort((one, other) => Number(one) - Number(other));
}
