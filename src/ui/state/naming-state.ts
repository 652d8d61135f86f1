import type { SecretId } from '../../core/secret.ts';
import type { Field } from './field.ts';

/** Secrets that are about to be moved or copied, and the name or directory that is typed for them. */
export interface NamingState {
  readonly kind: 'mv' | 'cp';
  readonly ids: readonly SecretId[];
  readonly field: Field;
}
