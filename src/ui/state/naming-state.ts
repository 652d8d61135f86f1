import type { SecretId } from '../../core/secret.ts';
import type { GivenKey } from '../../crypto/given-key.ts';
import type { Field } from './field.ts';

/** Secrets that are about to be moved or copied, and the name or directory that is typed for them. */
export interface SecretNaming {
  readonly kind: 'mv' | 'cp';
  readonly ids: readonly SecretId[];
  readonly field: Field;
}

/** A reader who is about to come, or to get another key or name, and what is typed for it. */
export interface ReaderNaming {
  readonly kind: 'reader';
  readonly action: 'add' | 'replace' | 'rename';
  /** As the rules call it; `''` for one who comes. */
  readonly reader: string;
  /** Of one who comes: then the name is typed. */
  readonly key: GivenKey | null;
  readonly field: Field;
}

export type NamingState = SecretNaming | ReaderNaming;
