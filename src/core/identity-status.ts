import type { AppError } from './outcome.ts';
import type { RecipientId } from './recipient.ts';

/** What is known of a private key without showing any of it. */
export interface IdentityStatus {
  /** Where it came from: a path as the user would type it, or `$SOPS_AGE_KEY`. */
  readonly origin: string;
  readonly kind: 'x25519' | 'hybrid' | 'ssh-ed25519' | 'ssh-rsa' | 'plugin' | 'encrypted-file' | 'unusable';
  /** Its public half, where it can be known (not for an encrypted identity file). */
  readonly recipient?: RecipientId;
  readonly lock: 'open' | 'needs-passphrase' | 'unusable';
  /** Why it is unusable. */
  readonly error?: AppError;
}
