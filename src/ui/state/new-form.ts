import type { OfferedReader } from '../../app/usecases/readers-for-new.ts';
import type { SecretId } from '../../core/secret.ts';

/** What is to be made. */
export type NewTarget =
  | { readonly kind: 'secret' }
  /** The file of a rule that has none. */
  | { readonly kind: 'rule'; readonly id: SecretId }
  /** A value inside a secret that has others. */
  | { readonly kind: 'key'; readonly id: SecretId };

export const formFields = [
  'name',
  'value',
  'length',
  'alphabet',
  'separator',
  'comment',
  'user',
  'password',
  'keptIn',
] as const;
export type FormField = (typeof formFields)[number];

export interface ChosenReader extends OfferedReader {
  readonly isChosen: boolean;
}

/** Something new as it is being described. Its value is not here: it is made at the end, or in the `Draft`. */
export interface NewForm {
  readonly target: NewTarget;
  readonly fields: Readonly<Record<FormField, string>>;
  /** Whose readers are proposed, and what becomes the directory. */
  readonly like: SecretId | null;
  /** The rules file that the readers were offered for. */
  readonly rulesFile: string | null;
  readonly readers: readonly ChosenReader[];
  readonly cursor: number;
  readonly top: number;
  /** Its value is being typed, in the editor. */
  readonly isWriting: boolean;
  readonly isBusy: boolean;
  /** Somebody went on before it was known who can read it: it goes on then. */
  readonly isHasty: boolean;
}
