export type PayloadKind = 'dotenv' | 'json' | 'yaml' | 'ini' | 'pem' | 'key-value' | 'text' | 'binary';

/** One value inside a structured payload, as a byte range or a decoded copy the caller must wipe. */
export interface PayloadEntry {
  /** Path of keys, outermost first; list positions are decimal strings. */
  readonly path: readonly string[];
  /** The value's bytes as the user means them: unquoted, unescaped. Owned by the caller, who wipes them. */
  readonly value: Uint8Array;
}

/** A recognised payload. Holds plaintext: lives only inside the session. */
export interface Payload {
  readonly kind: PayloadKind;
  readonly entries: readonly PayloadEntry[];
  readonly finalNewline: boolean;
  readonly lines: number;
}
