import { fail, type Outcome, ok } from '../../core/outcome.ts';
import { decodeUtf8 } from '../../core/utf8.ts';

/** Content by what it is, without the content. */
export interface Fingerprint {
  readonly sha256: string;
  readonly size: number;
}

/** One file of a write. `new-N` and `old-N` beside the journal are its bytes, N being its place in the list. */
export interface JournalFile {
  readonly path: string;
  /** The file itself when `path` is a link; relative to the root. */
  readonly target: string;
  /** `null`: there was no file. */
  readonly before: (Fingerprint & { readonly mode: number }) | null;
  /** `null`: there is to be none. */
  readonly after: Fingerprint | null;
}

/** What a write is about: enough to finish it, to take it back, and to say what it was. */
export interface Journal {
  readonly kind: 'write' | 'undo' | 'redo';
  /** In a few words, without a value. */
  readonly label: string;
  /** ISO 8601. */
  readonly at: string;
  readonly files: readonly JournalFile[];
  /** Directories made for new files, outermost first. */
  readonly directories: readonly string[];
}

/**
 * The name of the journal says what is to be done with it: `plan` was never begun and is thrown away, `commit` goes
 * forward, `abort` goes back. Each is reached by renaming the one before.
 */
export const journalNames = { plan: 'plan.json', commit: 'COMMIT', abort: 'ABORT' } as const;

export const newName = (index: number): string => `new-${index}`;
export const oldName = (index: number): string => `old-${index}`;

export const journalBytes = (journal: Journal): Uint8Array =>
  Buffer.from(`${JSON.stringify({ schema: 1, ...journal }, null, 1)}\n`);

/** Errors: `damaged`. What it names is checked again by whoever acts on it. */
export function readJournal(bytes: Uint8Array, where: string): Outcome<Journal> {
  const damaged = fail('damaged', 'the record of a write is not readable', { where });
  let parsed: unknown;
  try {
    parsed = JSON.parse(decodeUtf8(bytes) ?? '');
  } catch {
    return damaged;
  }
  if (!isRecord(parsed) || parsed['schema'] !== 1) return damaged;
  const { kind, label, at, files, directories } = parsed;
  if (kind !== 'write' && kind !== 'undo' && kind !== 'redo') return damaged;
  if (typeof label !== 'string' || typeof at !== 'string') return damaged;
  if (!Array.isArray(files) || !files.every(isFile)) return damaged;
  if (!Array.isArray(directories) || !directories.every(isInside)) return damaged;
  return ok({ kind, label, at, files, directories });
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function isFile(value: unknown): value is JournalFile {
  if (!isRecord(value)) return false;
  const { path, target, before, after } = value;
  const hasMode = before === null || (isRecord(before) && Number.isSafeInteger(before['mode']));
  return isInside(path) && isInside(target) && isContent(before) && hasMode && isContent(after);
}

const isContent = (value: unknown): value is Fingerprint | null =>
  value === null ||
  (isRecord(value) && /^[0-9a-f]{64}$/.test(String(value['sha256'])) && Number.isSafeInteger(value['size']));

/** A path below the root that is nothing of git's or ours: a journal is a file that somebody else may have written. */
const isInside = (value: unknown): value is string =>
  typeof value === 'string' &&
  value !== '' &&
  !value.split('/').some((part) => ['', '.', '..', '.git', '.keyhole'].includes(part.toLowerCase()));
