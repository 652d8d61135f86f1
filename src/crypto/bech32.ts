const charset = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l';
const invalid = 0xff;
const values = new Uint8Array(256).fill(invalid);
for (let i = 0; i < charset.length; i++) {
  const code = charset.charCodeAt(i);
  values[code] = i;
  if (code >= 0x61) values[code - 0x20] = i;
}

const separator = 0x31;
const checksumLength = 6;
const generator = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3];

function step(checksum: number, value: number): number {
  const top = checksum >>> 25;
  let next = ((checksum & 0x1ffffff) << 5) ^ value;
  for (let bit = 0; bit < 5; bit++) if ((top >> bit) & 1) next ^= generator[bit] ?? 0;
  return next;
}

function prefixChecksum(prefix: string): number {
  let checksum = 1;
  for (let i = 0; i < prefix.length; i++) checksum = step(checksum, prefix.charCodeAt(i) >> 5);
  checksum = step(checksum, 0);
  for (let i = 0; i < prefix.length; i++) checksum = step(checksum, prefix.charCodeAt(i) & 31);
  return checksum;
}

export interface Bech32 {
  /** In lower case; contains the plugin's name, never a secret. */
  readonly prefix: string;
  /** May be secret: the caller overwrites it. */
  readonly data: Buffer;
}

/**
 * Decodes Bech32 (BIP 173) without its length limit, as age does. Works on bytes so that a private key never becomes
 * a string. All lower or all upper case. Returns `null` when it is not valid.
 */
export function decodeBech32(text: Uint8Array): Bech32 | null {
  const split = text.lastIndexOf(separator);
  if (split < 1 || text.length - split - 1 < checksumLength) return null;
  let hasLower = false;
  let hasUpper = false;
  for (const byte of text) {
    if (byte < 0x21 || byte > 0x7e) return null;
    hasLower ||= byte >= 0x61 && byte <= 0x7a;
    hasUpper ||= byte >= 0x41 && byte <= 0x5a;
  }
  if (hasLower && hasUpper) return null;
  const prefix = Buffer.from(text.subarray(0, split)).toString('latin1').toLowerCase();
  let checksum = prefixChecksum(prefix);
  for (let i = split + 1; i < text.length; i++) {
    const value = values[text[i] ?? 0] ?? invalid;
    if (value === invalid) return null;
    checksum = step(checksum, value);
  }
  if (checksum !== 1) return null;
  const data = wordsToBytes(text.subarray(split + 1, text.length - checksumLength));
  return data === null ? null : { prefix, data };
}

function wordsToBytes(words: Uint8Array): Buffer | null {
  const data = Buffer.alloc(Math.floor((words.length * 5) / 8));
  let pending = 0;
  let bits = 0;
  let at = 0;
  for (const word of words) {
    pending = ((pending << 5) | (values[word] ?? 0)) & 0xfff;
    bits += 5;
    if (bits >= 8) {
      bits -= 8;
      data[at++] = pending >> bits;
    }
  }
  const paddingIsZero = bits < 5 && (pending & ((1 << bits) - 1)) === 0;
  if (paddingIsZero) return data;
  data.fill(0);
  return null;
}

/** Bech32 in lower case as bytes; they may be secret and belong to the caller. */
export function encodeBech32(prefix: string, data: Uint8Array): Buffer {
  const wordCount = Math.ceil((data.length * 8) / 5);
  const out = Buffer.alloc(prefix.length + 1 + wordCount + checksumLength);
  let at = out.write(prefix, 'latin1');
  out[at++] = separator;
  let checksum = prefixChecksum(prefix);
  const put = (word: number): void => {
    checksum = step(checksum, word);
    out[at++] = charset.charCodeAt(word);
  };
  let pending = 0;
  let bits = 0;
  for (const byte of data) {
    pending = ((pending << 8) | byte) & 0xfff;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      put((pending >> bits) & 31);
    }
  }
  if (bits > 0) put((pending << (5 - bits)) & 31);
  for (let i = 0; i < checksumLength; i++) checksum = step(checksum, 0);
  checksum ^= 1;
  for (let i = 0; i < checksumLength; i++) {
    out[at++] = charset.charCodeAt((checksum >>> (5 * (checksumLength - 1 - i))) & 31);
  }
  return out;
}
