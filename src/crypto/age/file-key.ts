import { createCipheriv, createDecipheriv, createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import type { Outcome } from '../../core/outcome.ts';

export const fileKeyLength = 16;
const tagLength = 16;
/** Bytes of a stanza body that holds a wrapped file key. */
export const wrappedLength = fileKeyLength + tagLength;
// Each wrapping key is used for one message, so the nonce is fixed (C2SP age.md).
const zeroNonce = Buffer.alloc(12);
export const aead = 'chacha20-poly1305';
export const aeadOptions = { authTagLength: tagLength } as const;

/**
 * What a private key makes of the stanzas of one file: the file key, which belongs to the caller, who overwrites it;
 * `null` when no stanza is for this key; `damaged` when one is and does not open or is malformed.
 */
export type Unwrapped = Outcome<Buffer | null>;

/** HKDF-SHA256 to 32 bytes, which the caller overwrites. */
export function hkdf(secret: Uint8Array, salt: Uint8Array | string, info: string): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, salt, info, 32));
}

/** Opens the body of a stanza. `null` when the key is not the one, or the body is not of `wrappedLength`. */
export function openFileKey(
  wrappingKey: Uint8Array,
  body: Uint8Array,
  nonce: Uint8Array = zeroNonce,
): Buffer | null {
  if (body.length !== wrappedLength) return null;
  const decipher = createDecipheriv(aead, wrappingKey, nonce, aeadOptions);
  decipher.setAuthTag(body.subarray(fileKeyLength));
  const fileKey = decipher.update(body.subarray(0, fileKeyLength));
  try {
    decipher.final();
    return fileKey;
  } catch {
    fileKey.fill(0);
    return null;
  }
}

/** The body of a stanza: the file key under a wrapping key that is used only here. */
export function sealFileKey(wrappingKey: Uint8Array, fileKey: Uint8Array): Buffer {
  const cipher = createCipheriv(aead, wrappingKey, zeroNonce, aeadOptions);
  return Buffer.concat([cipher.update(fileKey), cipher.final(), cipher.getAuthTag()]);
}

/** Whether the MAC proves that whoever wrote the header had the file key. `covered` ends with `---`. */
export function isHeaderAuthentic(fileKey: Uint8Array, covered: Uint8Array, mac: Uint8Array): boolean {
  const key = hkdf(fileKey, '', 'header');
  const expected = createHmac('sha256', key).update(covered).digest();
  key.fill(0);
  return timingSafeEqual(expected, mac);
}
