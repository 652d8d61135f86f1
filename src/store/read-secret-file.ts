import { type Outcome, ok } from '../core/outcome.ts';
import type { SecretId } from '../core/secret.ts';
import { type Jail, openJail } from './jail.ts';
import type { KeptFiles } from './kept-files.ts';

/** The bytes are for reading only: they may be those that are kept. */
export type ReadSecretFile = (id: SecretId) => Outcome<Uint8Array>;

/**
 * Reads the ciphertext of one secret after the other, whole. Errors: `not-found`, `refused` (see `Jail`, or over
 * 16 MiB), `io`. What is read in one go shares its open directories; they are closed before the next turn of the event
 * loop, so that a checkout which replaces them is never missed. Opening them for each file took longer than decrypting.
 * A file that has not changed since it was kept is not read again.
 */
export function createSecretReader(root: string, keptFiles: () => KeptFiles): ReadSecretFile {
  let jail: Jail | undefined;
  const close = (): void => {
    jail?.close();
    jail = undefined;
  };
  return (id) => {
    if (jail === undefined) {
      jail = openJail(root);
      setImmediate(close);
    }
    const kept = keptFiles();
    const stamp = kept.has(id) ? jail.stampOf(id) : null;
    const bytes = stamp && kept.bytesOf(id, stamp);
    return bytes ? ok(bytes) : jail.readFile(id);
  };
}
