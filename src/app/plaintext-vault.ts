import { fail, type Outcome, ok } from '../core/outcome.ts';
import type { SecretRef } from './session.ts';

/**
 * Owns every decrypted byte of a session. Everybody else holds handles, and borrows the bytes for one call.
 * What it forgets it overwrites; copies that JavaScript itself may have made are beyond reach.
 */
export class PlaintextVault {
  readonly #held = new Map<SecretRef, Uint8Array>();
  #handles = 0;

  /** Takes the bytes over: nobody else may keep or change them. */
  hold(bytes: Uint8Array): SecretRef {
    this.#handles += 1; // never used twice: a handle from before a lock stays dead
    const ref = `ref-${this.#handles}` as SecretRef;
    this.#held.set(ref, bytes);
    return ref;
  }

  /** `not-found` once they were released. */
  lend<T>(ref: SecretRef, use: (bytes: Uint8Array) => T): Outcome<T> {
    const bytes = this.#held.get(ref);
    if (bytes === undefined)
      return fail('not-found', 'the value is no longer held', { hint: 'open it again' });
    return ok(use(bytes));
  }

  release(ref: SecretRef): void {
    this.#held.get(ref)?.fill(0);
    this.#held.delete(ref);
  }

  wipe(): void {
    for (const bytes of this.#held.values()) bytes.fill(0);
    this.#held.clear();
  }
}
