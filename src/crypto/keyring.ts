import type { IdentityStatus } from '../core/identity-status.ts';
import type { Outcome } from '../core/outcome.ts';
import type { Readable } from '../core/secret.ts';
import type { Stanza } from '../core/stanza.ts';

/** Bytes of something that may hold private keys, and how to name the place to a person. */
export interface IdentitySource {
  /** A path as the user would type it, or `$SOPS_AGE_KEY`. */
  readonly origin: string;
  readonly bytes: Uint8Array;
  /** Contents of `<path>.pub`, for encrypted PEM keys that do not show their public half. */
  readonly publicKeyFile?: Uint8Array;
}

/** What trying one passphrase takes, about. */
export interface PassphraseCost {
  readonly seconds: number;
  readonly mebibytes: number;
}

/** How often a passphrase is asked for before a key stays locked. */
export const passphraseAttempts = 3;

/** Why a passphrase is wanted: shown to the person, so it names the key and not the secret's value. */
export interface PassphraseRequest {
  readonly origin: string;
  readonly kind: IdentityStatus['kind'];
  /** Counts from 1; above 1 the previous answer did not open the key. */
  readonly attempt: number;
  /** Present where it is so much that the person is to agree before it is spent. */
  readonly cost?: PassphraseCost;
}

/**
 * Asks for a passphrase. The answer's bytes belong to the keyring, which overwrites them after use.
 * `null` means nobody answers (cancelled, or prompting is not allowed): the key stays locked.
 */
export type AskPassphrase = (request: PassphraseRequest) => Promise<Uint8Array | null>;

/**
 * The private keys of one session. Locked keys are unlocked at most once and only when a stanza asks for them.
 */
export interface Keyring {
  /** Cheap. The public half of a hybrid key is in it only after `learnPublicHalves`. */
  statuses(): readonly IdentityStatus[];
  learnPublicHalves(): Promise<void>;
  /** Whether one of the keys opens a file with these stanzas, without decrypting and without a prompt. */
  readable(stanzas: readonly Stanza[]): Readable;
  /**
   * The file key (16 bytes, owned by the caller, who overwrites it).
   * Keys that need no answer are tried first. Errors: `no-key` (nothing fits), `needs-prompt` (a locked key fits
   * and `ask` answered null without a person), `wrong-passphrase`, `stopped`, `damaged` (a stanza is ours but does not open).
   */
  openFileKey(stanzas: readonly Stanza[], ask: AskPassphrase): Promise<Outcome<Uint8Array>>;
  /** Ends the work that a passphrase takes, where some runs; who waits for it gets `stopped`. */
  stopUnlocking(): void;
  /** Forgets every key and passphrase; the keyring is unusable afterwards. */
  wipe(): void;
}
