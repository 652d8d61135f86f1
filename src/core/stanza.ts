/** One recipient stanza of an age header (C2SP age.md, "Recipient stanza"). */
export interface Stanza {
  readonly type: string;
  /** Arguments after the type. */
  readonly args: readonly string[];
  readonly body: Uint8Array;
}

/** What a header tells without any key. Grease stanzas (`*-grease`) are already left out of `stanzas`. */
export interface HeaderInfo {
  readonly armored: boolean;
  readonly stanzas: readonly Stanza[];
  /** Bytes of the header in the binary form, through the newline after the MAC. */
  readonly headerLength: number;
}
