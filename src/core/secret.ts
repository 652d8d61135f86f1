import type { Brand } from './brand.ts';
import type { Comparison } from './comparison.ts';
import type { AppError } from './outcome.ts';
import type { RecipientId, SourcePosition } from './recipient.ts';

/** Path relative to the repository root with `/` separators. Non-UTF-8 names never become secrets, only problems. */
export type SecretId = Brand<string, 'SecretId'>;

export type BackendName = 'agenix';

export const secretStates = ['ok', 'drift', 'missing', 'orphan', 'damaged', 'unknown'] as const;
/**
 * `ok` proved to match its rules · `drift` proved to differ · `missing` rule without a file · `orphan` file without
 * a rule · `damaged` not a readable age file · `unknown` recipients cannot be compared.
 */
export type SecretState = (typeof secretStates)[number];

/** Whether a key found here opens it; `unknown` where the header does not say (anonymous stanzas). */
export type Readable = 'yes' | 'no' | 'unknown';

/** The rules-file entry a secret belongs to. */
export interface RuleEntry {
  readonly rulesFile: string;
  /** The attribute name exactly as written. */
  readonly key: string;
  readonly at?: SourcePosition;
  readonly armor?: boolean;
}

/** A list or set of the rules, by its name, that a key was part of on its way into an entry, and where it is written. */
export interface KeyGrant {
  readonly name: string;
  readonly at: SourcePosition;
}

export interface Secret {
  readonly id: SecretId;
  readonly backend: BackendName;
  readonly format: 'age';
  readonly rule?: RuleEntry;
  /**
   * Why the rule for it could not be used, or the rules that may name it could not be read. Then `declared` is empty
   * because nothing is known, and the extra readers of `comparison` are only the readers the file has.
   */
  readonly ruleProblem?: AppError;
  /** Keys its rules declare, in their order, deduplicated. Empty for an orphan. */
  readonly declared: readonly RecipientId[];
  /** What granted each of `declared`, in their order, innermost first. Absent where Nix itself evaluated the rules. */
  readonly grants?: readonly (readonly KeyGrant[])[];
  /** Keys its rule lists more than once: agenix accepts that, ragenix refuses the whole file. Absent when none. */
  readonly repeated?: readonly RecipientId[];
  /** Absent when there is no file or its header cannot be read. */
  readonly comparison?: Comparison;
  readonly state: SecretState;
  readonly armored: boolean;
  /** Size of the file in bytes; 0 when it is missing. */
  readonly size: number;
  /** Why a damaged or unreadable file is so. */
  readonly problem?: AppError;
}
