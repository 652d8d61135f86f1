import type { RecipientId } from './recipient.ts';
import type { SecretId } from './secret.ts';
import type { SecretRef } from './secret-ref.ts';

/** Bytes that the undo store keeps, by the record they belong to and their place in it. */
export interface KeptContent {
  readonly record: string;
  readonly index: number;
  readonly sha256: string;
  readonly size: number;
  /** Permissions that the file had. */
  readonly mode: number;
}

/**
 * What somebody wants to be different. Every mutation, from whatever face, is a list of these; `planChanges` turns it
 * into a plan. A value is a handle, never bytes.
 */
export type Change =
  /** A new value, or the old one anew, for the readers that the rules declare. */
  | {
      readonly kind: 'put';
      readonly secret: SecretId;
      readonly value: SecretRef;
      /** Bytes of the value. */
      readonly size: number;
      /** SHA-256 of the file that the value was made from; absent when it was made from nothing that is there. */
      readonly instead?: string;
      /** Whom the rules declare once the plan is carried out, where it changes them. */
      readonly readers?: readonly RecipientId[];
      /** Keys that are meant to gain or lose it, so that no warning is due; `all` where that is what it is for. */
      readonly meant?: readonly RecipientId[] | 'all';
    }
  /** A secret that is not there yet, for readers that a rule is to declare. Refused where there is a file. */
  | {
      readonly kind: 'create';
      readonly path: string;
      readonly value: SecretRef;
      readonly size: number;
      readonly readers: readonly RecipientId[];
      readonly armored: boolean;
    }
  /** The bytes of another file, at a place where there is none. Refused where there is a file. */
  | { readonly kind: 'copy'; readonly path: string; readonly from: string }
  /** A secret, or what lies beside one and goes with it. */
  | { readonly kind: 'remove'; readonly path: string }
  /** Another text for a file that is no secret, such as the rules. */
  | {
      readonly kind: 'rewrite';
      readonly path: string;
      readonly text: string;
      /** SHA-256 of the text that it was made from, which must still be there. */
      readonly instead: string;
    }
  /** A text that is no secret, such as the public half of a key. Refused where there is a file. */
  | { readonly kind: 'add'; readonly path: string; readonly text: string }
  /** Exact bytes from the undo store; `null` when there was no file. */
  | {
      readonly kind: 'restore';
      readonly path: string;
      readonly content: KeptContent | null;
      /** What must be there now: what the write to be undone left, or nothing where it left nothing. */
      readonly instead: string | null;
    };
