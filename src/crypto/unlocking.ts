import type { Outcome } from '../core/outcome.ts';

/** What scrypt needs. `salt` is complete, with age's label in it. */
export interface ScryptRequest {
  readonly passphrase: Uint8Array;
  readonly salt: Uint8Array;
  /** Base-2 logarithm of the cost, 1 to 22. */
  readonly workFactor: number;
}

/**
 * Derives 32 bytes, which belong to the caller. Overwrites nothing of the request. Errors: `refused` where there is not
 * enough memory or it takes too long, `stopped` after an abort, `io`.
 */
export type DeriveScrypt = (request: ScryptRequest, signal: AbortSignal) => Promise<Outcome<Buffer>>;

/** How passphrases of one keyring are tried, which takes seconds and may be stopped. */
export interface Unlocking {
  readonly scrypt: DeriveScrypt;
  /** Of the tries that run now; after a stop the next ones have another. */
  signal(): AbortSignal;
}
