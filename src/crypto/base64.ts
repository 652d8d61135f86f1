const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const invalid = 0xff;
const sextets = new Uint8Array(256).fill(invalid);
for (let i = 0; i < alphabet.length; i++) sextets[alphabet.charCodeAt(i)] = i;

const sextet = (code: number | undefined): number => sextets[code ?? 0] ?? invalid;

/**
 * Decodes canonical unpadded base64 (RFC 4648, zero trailing bits, no line breaks) from `source[start, end)` into
 * `target` at `at`. Works on bytes so that no secret becomes a string. Returns the number of bytes written, or -1
 * when the text is not canonical.
 */
export function decodeBase64Into(
  source: Uint8Array,
  start: number,
  end: number,
  target: Uint8Array,
  at: number,
): number {
  const tail = (end - start) % 4;
  if (tail === 1) return -1;
  const fullEnd = end - tail;
  let out = at;
  for (let i = start; i < fullEnd; i += 4) {
    const a = sextet(source[i]);
    const b = sextet(source[i + 1]);
    const c = sextet(source[i + 2]);
    const d = sextet(source[i + 3]);
    if ((a | b | c | d) === invalid) return -1;
    target[out++] = (a << 2) | (b >> 4);
    target[out++] = ((b & 15) << 4) | (c >> 2);
    target[out++] = ((c & 3) << 6) | d;
  }
  if (tail === 0) return out - at;
  const a = sextet(source[fullEnd]);
  const b = sextet(source[fullEnd + 1]);
  const c = tail === 3 ? sextet(source[fullEnd + 2]) : 0;
  if ((a | b | c) === invalid) return -1;
  const unusedBits = tail === 3 ? c & 3 : b & 15;
  if (unusedBits !== 0) return -1;
  target[out++] = (a << 2) | (b >> 4);
  if (tail === 3) target[out++] = ((b & 15) << 4) | (c >> 2);
  return out - at;
}

/** Canonical unpadded base64 of an ASCII string, as in stanza arguments; `null` when it is not canonical. */
export function decodeBase64(text: string): Buffer | null {
  const source = Buffer.from(text, 'latin1');
  if (source.length !== text.length) return null;
  const target = Buffer.alloc(Math.floor((source.length * 3) / 4));
  return decodeBase64Into(source, 0, source.length, target, 0) < 0 ? null : target;
}

/** Unpadded base64, the form age uses in its header. */
export function encodeBase64(bytes: Uint8Array): string {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('base64');
  return text.replace(/=+$/, '');
}
