import { createDecipheriv } from 'node:crypto';
import { fail, type Outcome, ok } from '../../core/outcome.ts';
import { aead, aeadOptions, hkdf } from './file-key.ts';

// STREAM (C2SP age.md, "Payload"): chunks of 64 KiB, each under the nonce counter (11 bytes, big endian) || last flag.
export const chunkLength = 64 << 10;
const tagLength = 16;
const sealedLength = chunkLength + tagLength;
export const nonceLength = 16;

const damaged = (says: string): Outcome<never> =>
  fail('damaged', says, { hint: 'restore the file from git, or ask whoever changed it last' });

/**
 * The plaintext of what follows the header; nothing is given out before the last chunk has proved authentic. The
 * bytes belong to the caller, who overwrites them. Errors: `damaged`.
 */
export function openPayload(fileKey: Uint8Array, payload: Uint8Array): Outcome<Buffer> {
  const length = payload.length - nonceLength;
  if (length < tagLength) return damaged('the file is truncated');
  const chunks = Math.ceil(length / sealedLength);
  const lastLength = length - (chunks - 1) * sealedLength;
  if (lastLength < tagLength || (chunks > 1 && lastLength === tagLength))
    return damaged('the file is truncated');

  const key = hkdf(fileKey, payload.subarray(0, nonceLength), 'payload');
  try {
    // Nearly every secret is one chunk, and that needs no second buffer.
    if (chunks === 1) {
      const text = openChunk(key, chunkNonce(0, true), payload.subarray(nonceLength));
      return text === null ? notAuthentic() : ok(text);
    }
    const plaintext = Buffer.allocUnsafeSlow(length - chunks * tagLength);
    for (let chunk = 0; chunk < chunks; chunk++) {
      const start = nonceLength + chunk * sealedLength;
      const sealed = payload.subarray(start, Math.min(start + sealedLength, payload.length));
      const text = openChunk(key, chunkNonce(chunk, chunk === chunks - 1), sealed);
      if (text === null) {
        plaintext.fill(0);
        return notAuthentic();
      }
      plaintext.set(text, chunk * chunkLength);
      text.fill(0);
    }
    return ok(plaintext);
  } finally {
    key.fill(0);
  }
}

const notAuthentic = (): Outcome<never> => damaged('the content is not authentic: it was changed or cut');

export function chunkNonce(chunk: number, isLast: boolean): Buffer {
  const nonce = Buffer.alloc(12);
  nonce.writeUInt32BE(chunk, 7); // files are far below 2^32 chunks
  nonce[11] = isLast ? 1 : 0;
  return nonce;
}

/** The text of a chunk in memory of its own; `null` when it is not authentic. */
function openChunk(key: Buffer, nonce: Buffer, sealed: Uint8Array): Buffer | null {
  const textLength = sealed.length - tagLength;
  const decipher = createDecipheriv(aead, key, nonce, aeadOptions);
  decipher.setAuthTag(sealed.subarray(textLength));
  const text = decipher.update(sealed.subarray(0, textLength));
  try {
    decipher.final();
    return text;
  } catch {
    text.fill(0);
    return null;
  }
}
