import type { KeptContent } from './change.ts';
import type { RecipientId } from './recipient.ts';
import type { SecretId } from './secret.ts';
import type { SecretRef } from './secret-ref.ts';

/** What the plan was made from. Whoever applies it checks that all of it is still so, and refuses otherwise. */
export interface PlanBase {
  /** The commit that was checked out; `null` without one. */
  readonly head: string | null;
  /** Every file that is written or that decided what is written, by its SHA-256; `null` for a file that was not there. */
  readonly files: readonly { readonly path: string; readonly sha256: string | null }[];
}

interface StepPlace {
  /** As the repository calls it. */
  readonly path: string;
  /** The file that changes: another one than `path` when that is a link. Relative to the root. */
  readonly target: string;
  /** SHA-256 of what is there now; `null` when nothing is. */
  readonly before: string | null;
}

/** One file's change. */
export type Step = StepPlace &
  (
    | {
        readonly do: 'encrypt';
        readonly secret: SecretId;
        readonly value: SecretRef;
        /** Bytes of the value. */
        readonly size: number;
        readonly readers: readonly RecipientId[];
        readonly armored: boolean;
      }
    | { readonly do: 'delete' }
    /** `from` is the file itself, relative to the root. */
    | { readonly do: 'copy'; readonly from: string; readonly sha256: string }
    | { readonly do: 'rewrite'; readonly text: string }
    | { readonly do: 'restore'; readonly content: KeptContent }
  );

export const warningCodes = [
  'unseen-recipient',
  'changes-readers',
  'nobody-here-reads',
  'replaces-damaged',
  'breaks-hard-link',
  'through-link',
  'is-committed',
] as const;

/** Something a person should know before the plan is applied. */
export interface PlanWarning {
  readonly code: (typeof warningCodes)[number];
  readonly path: string;
  readonly says: string;
  /** Of `unseen-recipient`: the key, which is written for only when somebody accepts it. */
  readonly recipient?: UnseenRecipient;
}

export interface UnseenRecipient {
  readonly id: RecipientId;
  /** Names that stood for other keys, so that none of them says that this one is meant. */
  readonly taken: readonly string[];
}

/** What is going to happen, as data: printed, shown and serialised as it is, and applied as a whole or not at all. */
export interface Plan {
  readonly base: PlanBase;
  /** In the order given; no two of them change the same file. */
  readonly steps: readonly Step[];
  readonly warnings: readonly PlanWarning[];
}
