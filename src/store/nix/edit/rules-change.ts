import type { AppError } from '../../../core/outcome.ts';
import type { SourcePosition } from '../../../core/recipient.ts';

/** A recipient or group as an entry can name it: an identifier or select in scope where entries are written. */
export interface RecipientOffer {
  /** Nix text: `alice`, `hosts.web1`. */
  readonly text: string;
  readonly kind: 'key' | 'group';
  /** What it evaluates to, as `publicKeys` texts. */
  readonly keys: readonly string[];
  /** How many entries are written with it now. */
  readonly uses: number;
}

/** What is to become of a rules file. Keys are entry names exactly as they evaluate. */
export type RulesChange =
  | {
      readonly kind: 'add';
      readonly key: string;
      readonly recipients: readonly RecipientOffer[];
      readonly armor?: boolean;
    }
  | { readonly kind: 'remove'; readonly key: string }
  | { readonly kind: 'rename'; readonly key: string; readonly to: string }
  | { readonly kind: 'grant'; readonly key: string; readonly recipient: RecipientOffer }
  /** `recipient` as it is written in the entry's own expression. */
  | { readonly kind: 'revoke'; readonly key: string; readonly recipient: string };

/** What a person can do instead: at this place, take out `remove` and put `put`; either may be empty. */
export interface HandEdit {
  readonly at: SourcePosition;
  readonly remove: string;
  readonly put: string;
}

export interface EditedFile {
  /** Absolute. */
  readonly path: string;
  readonly before: Uint8Array;
  readonly after: Uint8Array;
}

/** The files as they must become, already evaluated; or a refusal, with the lines to edit by hand where known. */
export type RulesEdit =
  | { readonly ok: true; readonly value: readonly EditedFile[] }
  | { readonly ok: false; readonly error: AppError; readonly byHand: readonly HandEdit[] };
