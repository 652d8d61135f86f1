import type { Change } from '../../core/change.ts';
import type { Outcome } from '../../core/outcome.ts';
import type { Plan } from '../../core/plan.ts';
import type { RecipientId } from '../../core/recipient.ts';
import type { SecretRef } from '../../core/secret-ref.ts';
import type { Journal } from '../../store/transaction/journal.ts';
import type { Committed } from '../../store/transaction/transaction.ts';

export interface ApplyOptions {
  readonly kind: Journal['kind'];
  /** What undo will call it, without a value. */
  readonly label: string;
  readonly signal: AbortSignal;
  /** Told before each file that is prepared; nothing is replaced before all are. */
  readonly onProgress?: (done: number, total: number) => void;
  /** Keys that the plan warns of as `unseen-recipient` and that somebody accepts. */
  readonly accept?: readonly RecipientId[];
}

export interface Written extends Committed {
  /** What there is to say about whom it accepted. */
  readonly notes: readonly string[];
}

/** One write that could be taken back, or done again. */
export interface Reversal {
  /** What it was called. */
  readonly label: string;
  /** ISO 8601. */
  readonly at: string;
  readonly changes: readonly Change[];
}

/** The only way in which a session changes files: changes become a plan, and a plan is applied whole or not at all. */
export interface Writer {
  /** Takes the bytes over: nobody else may keep or change them. */
  hold(bytes: Uint8Array): SecretRef;
  drop(ref: SecretRef): void;
  /** SHA-256 of a file as it is now; `null` when there is none. Errors: `refused`, `io`. */
  fingerprint(path: string): Promise<Outcome<string | null>>;
  /** The files that the rules were made from, from the root; `null` when nobody knows which. */
  rulesFrom(): readonly string[] | null;
  /** Reads what is on disk and touches nothing. Errors: those of `planChanges`, `refused`, `io`. */
  plan(changes: readonly Change[], options?: { readonly breakHardLinks: boolean }): Promise<Outcome<Plan>>;
  /** Errors: those of `runTransaction` and of encrypting, `unseen-recipient` (nobody accepted it), `bad-rules`. */
  apply(plan: Plan, options: ApplyOptions): Promise<Outcome<Written>>;
  /** The last write that was not undone, as changes that undo it. Errors: `not-found`. */
  lastWrite(): Outcome<Reversal>;
  /** The last undo, as changes that do again what it undid. Errors: `not-found`. */
  lastUndo(): Outcome<Reversal>;
}
