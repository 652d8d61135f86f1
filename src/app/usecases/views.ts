import type { ErrorCode } from '../../core/error-codes.ts';
import type { PlanWarning } from '../../core/plan.ts';
import type { RecipientKind } from '../../core/recipient.ts';
import type { BackendName, Readable, SecretState } from '../../core/secret.ts';

/**
 * Plain JSON shapes that the use-cases return. Texts may be untrusted (names, comments, error causes): whoever
 * shows them passes them through `show()`; JSON output escapes by itself.
 */

/** One public key as a person knows it; `name` is `null` when nothing in the repository names it. */
export interface KeyView {
  readonly name: string | null;
  /** What the user calls it, which is shown before the name; with a part of the key where that is another's name, too. */
  readonly alias: string | null;
  readonly kind: RecipientKind;
  /** The canonical public key, whole. */
  readonly key: string;
}

/** A reader on a file that its rules are not known to declare; named when the key is known from elsewhere in the repository. */
export interface ExtraView {
  readonly kind: string;
  readonly tag: string | null;
  readonly name: string | null;
  /** What the user calls it. */
  readonly alias: string | null;
  readonly key: string | null;
}

/** A key that history knows, with the commit that removed it, or that added it where none did. */
export interface FormerView {
  readonly kind: string;
  readonly tag: string;
  readonly name: string | null;
  readonly key: string;
  readonly file: string;
  readonly commit: string;
  /** `YYYY-MM-DD`. */
  readonly date: string | null;
  readonly did: 'removed' | 'added';
}

export interface ProblemView {
  readonly code: ErrorCode;
  readonly says: string;
  readonly hint: string | null;
  readonly where: string | null;
}

export interface RecipientsView {
  readonly declared: readonly KeyView[];
  readonly extra: readonly ExtraView[];
  readonly missing: readonly KeyView[];
  /** `count` of these anonymous keys are missing; nobody can say which. */
  readonly missingAmong: { readonly count: number; readonly of: readonly KeyView[] };
  /** Stanzas that cannot be attributed to a key. */
  readonly unknown: number;
}

export interface SecretView {
  readonly id: string;
  readonly backend: BackendName;
  readonly format: 'age';
  readonly state: SecretState;
  readonly readable: Readable;
  readonly recipients: RecipientsView;
  readonly armored: boolean;
  /** Bytes of the file; 0 when it is missing. */
  readonly size: number;
  readonly rule: { readonly file: string; readonly key: string; readonly line: number | null } | null;
  /** Why the rule for the file could not be used, or rules that may name it could not be read. */
  readonly ruleProblem: ProblemView | null;
  readonly problem: ProblemView | null;
}

export interface RulesView {
  readonly path: string;
  readonly entries: number;
  readonly keysRelativeTo: 'rules-directory' | 'repository-root';
  readonly evaluatedBy: 'keyhole' | 'nix-instantiate';
}

/** What became of one file. */
export interface WrittenFile {
  readonly path: string;
  readonly did: 'replaced' | 'created' | 'deleted';
}

/** Who gains and who loses a file that is there, as far as its header proves. */
export interface ReaderChangeView {
  /** Readers on the file now. */
  readonly before: number | null;
  readonly after: number;
  readonly gains: readonly KeyView[];
  /** So many of these gain it as well; nobody can say which. */
  readonly gainsAmong: { readonly count: number; readonly of: readonly KeyView[] };
  readonly loses: readonly ExtraView[];
}

/** One file's part of a plan. */
export interface StepView {
  readonly do: 'encrypt' | 'delete' | 'copy' | 'rewrite' | 'restore';
  readonly path: string;
  /** Differs from `path` when that is a link. */
  readonly target: string;
  /** SHA-256 of what is there; `null` for no file. */
  readonly before: string | null;
  /** Bytes of the value, or of the file where it is no secret; `null` when it is deleted or copied. */
  readonly size: number | null;
  readonly armored: boolean | null;
  /** Empty unless something is encrypted. */
  readonly readers: readonly KeyView[];
  /** `null` unless something is encrypted in place of a file. */
  readonly readerChange: ReaderChangeView | null;
  /** The file whose bytes are copied; `null` unless it is a copy. */
  readonly from: string | null;
}

export interface WarningView {
  readonly code: PlanWarning['code'];
  readonly path: string;
  readonly says: string;
  /** The whole public key that has to be accepted; `null` for what is about none. */
  readonly recipient: string | null;
}

export interface PlanView {
  readonly base: {
    readonly head: string | null;
    readonly files: readonly { readonly path: string; readonly sha256: string | null }[];
  };
  readonly steps: readonly StepView[];
  readonly warnings: readonly WarningView[];
}

/** What became of a write that was interrupted. */
export interface RecoveryView {
  readonly did: 'finished' | 'taken-back' | 'discarded' | 'undecided' | 'set-aside';
  readonly label: string;
  readonly files: readonly string[];
  /** Files that somebody else changed since. */
  readonly foreign: readonly string[];
  /** Where what was prepared for them is kept. */
  readonly aside: string | null;
  readonly says: readonly string[];
}
