import type { ErrorCode } from '../../error-codes.ts';
import type { AppError } from '../../outcome.ts';
import type { Splice } from '../../splice.ts';
import type { TextEntry } from '../text-entry.ts';
import type { TextPosition } from './text-position.ts';

/** One change to one value inside a structured payload. Paths are those of `PayloadEntry`. */
export type PayloadEdit =
  | { readonly kind: 'set'; readonly path: readonly string[]; readonly value: Uint8Array }
  | { readonly kind: 'add'; readonly path: readonly string[]; readonly value: Uint8Array }
  | { readonly kind: 'remove'; readonly path: readonly string[] }
  | { readonly kind: 'rename'; readonly path: readonly string[]; readonly name: string };

/** The new bytes, or why there are none and, where one place is to blame, which. Fits `Outcome<Uint8Array>`. */
export type PayloadEditing =
  | { readonly ok: true; readonly value: Uint8Array }
  | { readonly ok: false; readonly error: AppError; readonly at?: TextPosition };

/** A `PayloadEdit` with its value as text. */
export type TextEdit =
  | { readonly kind: 'set' | 'add'; readonly path: readonly string[]; readonly value: string }
  | { readonly kind: 'remove'; readonly path: readonly string[] }
  | { readonly kind: 'rename'; readonly path: readonly string[]; readonly name: string };

/** What a format proposes: spellings, the best first, of which the first that reads back as `expected` is taken. */
export interface Draft {
  readonly candidates: Iterable<readonly Splice[]>;
  readonly expected: readonly TextEntry[];
  /** The place to blame when no candidate reads back. */
  readonly at: number;
}

export interface Refusal {
  readonly code: ErrorCode;
  readonly says: string;
  readonly hint?: string;
  readonly at?: number;
}

export type Drafting = Draft | { readonly refusal: Refusal };

export const refuse = (
  code: ErrorCode,
  says: string,
  more: Omit<Refusal, 'code' | 'says'> = {},
): Drafting => ({
  refusal: { code, says, ...more },
});
