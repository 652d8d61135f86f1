import type { Brand } from './brand.ts';

/**
 * A canonical public key, never a nickname: `age1…` in lower case, or `ssh-ed25519 AAAA…` without the comment.
 * Two spellings of the same key have the same id.
 */
export type RecipientId = Brand<string, 'RecipientId'>;

export type RecipientKind =
  | 'x25519'
  | 'hybrid' // age1pq1…: ML-KEM-768 + X25519
  | 'tag' // age1tag1…: P-256 on hardware
  | 'tagpq' // age1tagpq1…
  | 'ssh-ed25519'
  | 'ssh-rsa'
  | 'plugin' // age1<name>1…
  | 'unsupported'; // text that age cannot encrypt to (sk-ssh, ecdsa, placeholder); still shown

/** Where a piece of text stands in a file of the repository; lines and columns count from 1. */
export interface SourcePosition {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** A name somebody gave to a key, and the evidence for it, best evidence first in `Recipient.names`. */
export interface RecipientName {
  readonly text: string;
  readonly source: 'binding' | 'attribute' | 'pub-file' | 'host-key' | 'comment' | 'identity';
  readonly at?: SourcePosition;
}

export interface Recipient {
  readonly id: RecipientId;
  readonly kind: RecipientKind;
  readonly names: readonly RecipientName[];
  /** What the user calls it, which goes before all names. */
  readonly alias?: string;
  /** For kind `plugin`: the plugin's name; for `unsupported`: why. */
  readonly detail?: string;
}
