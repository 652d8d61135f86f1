const hexDigits = Buffer.from('0123456789abcdef');
const base64Digits = Buffer.from('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/');
const base64UrlDigits = Buffer.from('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_');
const padding = 0x3d;

// Into bytes and not by way of a string, which nobody can overwrite.

export function hexBytes(bytes: Uint8Array): Buffer {
  const out = Buffer.alloc(bytes.length * 2);
  bytes.forEach((byte, index) => {
    out[index * 2] = hexDigits[byte >> 4] ?? 0;
    out[index * 2 + 1] = hexDigits[byte & 15] ?? 0;
  });
  return out;
}

/** RFC 4648: section 4 with padding, or section 5 without. */
export function base64Bytes(bytes: Uint8Array, alphabet: 'standard' | 'url' = 'standard'): Buffer {
  const digits = alphabet === 'url' ? base64UrlDigits : base64Digits;
  const length = alphabet === 'url' ? Math.ceil((bytes.length * 4) / 3) : Math.ceil(bytes.length / 3) * 4;
  const out = Buffer.alloc(length, padding);
  for (let at = 0, to = 0; at < bytes.length; at += 3, to += 4) {
    const left = Math.min(3, bytes.length - at);
    const word = ((bytes[at] ?? 0) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0);
    for (let digit = 0; digit <= left; digit += 1)
      out[to + digit] = digits[(word >> (18 - 6 * digit)) & 63] ?? 0;
  }
  return out;
}
