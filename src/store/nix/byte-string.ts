/** Nix strings are bytes. Here each char of a string is one byte; these convert at the borders. */
export const fromBytes = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');

export const toBytes = (text: string): Buffer => Buffer.from(text, 'latin1');

const highByte = /[\x80-\xff]/;

/** The characters that the bytes spell in UTF-8, or null when they are not UTF-8. */
export function decodeText(text: string): string | null {
  if (!highByte.test(text)) return text;
  const bytes = toBytes(text);
  const decoded = bytes.toString('utf8');
  return Buffer.from(decoded, 'utf8').equals(bytes) ? decoded : null;
}

/** For messages: what is not UTF-8 becomes U+FFFD. */
export const readable = (text: string): string =>
  highByte.test(text) ? toBytes(text).toString('utf8') : text;

export const encodeText = (text: string): string => Buffer.from(text, 'utf8').toString('latin1');
