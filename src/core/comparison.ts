import type { RecipientId } from './recipient.ts';

/** A reader that a file has and its rules do not declare. */
export interface ExtraReader {
  /** Stanza type, e.g. `ssh-ed25519`, `X25519`, `piv-p256`. */
  readonly kind: string;
  /** The stanza's tag when its type has one. */
  readonly tag?: string;
  /**
   * The key it is, when the tag fits exactly one key that the repository knows from elsewhere
   * (declared for another secret). Filled in by the store, which knows all keys.
   */
  readonly recipient?: RecipientId;
}

/**
 * Rules against file, without any key. `match`: every declared key is proved by a tag and nothing else is there.
 * `drift`: something is provably extra or missing. `unknown`: counts agree but at least one stanza is anonymous,
 * so nobody without the private keys can say whether the right keys are on it. `invalid`: not a legal header
 * (a passphrase stanza beside others).
 */
export interface Comparison {
  readonly verdict: 'match' | 'drift' | 'unknown' | 'invalid';
  readonly matched: readonly RecipientId[];
  readonly extra: readonly ExtraReader[];
  readonly missing: readonly RecipientId[];
  /**
   * Anonymous readers that are missing by count only: one of these keys is not on the file, nobody can say which.
   * `missing` holds only keys whose absence is proved.
   */
  readonly missingAmong: { readonly count: number; readonly of: readonly RecipientId[] };
  /** Stanzas that cannot be attributed to a key. */
  readonly unknown: number;
  /** The types of all stanzas on the file, each once: a key whose type is not among them is provably no reader. */
  readonly stanzaTypes: readonly string[];
}
