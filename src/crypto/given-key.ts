import type { Recipient } from '../core/recipient.ts';

/** A public key that somebody gave, and what was said beside it. Untrusted text. */
export interface GivenKey {
  readonly recipient: Recipient;
  /** The key with its comment, on one line, as rules and `.pub` files hold it. */
  readonly text: string;
  /** What stands behind the key; `''` for nothing. */
  readonly comment: string;
  /** The hosts that `ssh-keyscan` or a `known_hosts` file names; hashed ones are left out. */
  readonly hosts: readonly string[];
  /** As `ssh-keygen -l` prints it; `null` for age keys. */
  readonly fingerprint: string | null;
}
