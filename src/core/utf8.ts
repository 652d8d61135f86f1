let strict: TextDecoder | undefined;

/** The text of `bytes`, a byte order mark included, or `null` when they are not UTF-8. */
export function decodeUtf8(bytes: Uint8Array): string | null {
  // Several times faster than a strict decoder, which only has to tell a real U+FFFD from bytes that are no text.
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8');
  if (!text.includes('\ufffd')) return text;
  strict ??= new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  try {
    return strict.decode(bytes);
  } catch {
    return null;
  }
}

/** A run of UTF-8 text, or one byte that is not part of any. */
export type Utf8Piece = { readonly text: string } | { readonly byte: number };

/** Splits any bytes into the text they hold and the single bytes that are no text, in order. */
export function splitUtf8(bytes: Uint8Array): readonly Utf8Piece[] {
  const whole = decodeUtf8(bytes);
  if (whole !== null) return whole === '' ? [] : [{ text: whole }];
  const pieces: Utf8Piece[] = [];
  let start = 0;
  let at = 0;
  const flush = (): void => {
    const text = decodeUtf8(bytes.subarray(start, at));
    if (text) pieces.push({ text });
  };
  while (at < bytes.length) {
    const length = sequenceLength(bytes, at);
    if (length > 0) {
      at += length;
      continue;
    }
    flush();
    pieces.push({ byte: bytes[at] ?? 0 });
    at += 1;
    start = at;
  }
  flush();
  return pieces;
}

/** Length of the well-formed sequence at `at` (Unicode 17, table 3-7), or 0. */
function sequenceLength(bytes: Uint8Array, at: number): number {
  const lead = bytes[at] ?? 0;
  if (lead < 0x80) return 1;
  const length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
  if (lead < 0xc2 || lead > 0xf4 || at + length > bytes.length) return 0;
  return decodeUtf8(bytes.subarray(at, at + length)) === null ? 0 : length;
}
