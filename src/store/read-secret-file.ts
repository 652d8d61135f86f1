import type { Outcome } from '../core/outcome.ts';
import type { SecretId } from '../core/secret.ts';
import { openJail } from './jail.ts';

/** The ciphertext of one secret, whole. Errors: `not-found`, `refused` (see `Jail`, or over 16 MiB), `io`. */
export async function readSecretFile(root: string, id: SecretId): Promise<Outcome<Uint8Array>> {
  const jail = openJail(root);
  try {
    return jail.readFile(id);
  } finally {
    jail.close();
  }
}
