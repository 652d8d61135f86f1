import type { KeyObject } from 'node:crypto';
import { fail, ok } from '../../core/outcome.ts';
import type { Stanza } from '../../core/stanza.ts';
import { hkdf, openFileKey, type Unwrapped, wrappedLength } from '../age/file-key.ts';
import { agreeAside, keyLength } from '../age/x25519.ts';
import { decodeBase64 } from '../base64.ts';

const label = 'age-encryption.org/v1/X25519';
const malformed = (): Unwrapped => fail('damaged', 'an X25519 recipient in the header is malformed');

/**
 * Tries every X25519 stanza; none says whose it is. This is the hot path of bulk decryption: one key agreement, one
 * HKDF and one AEAD for each stanza.
 */
export async function unwrapX25519(
  key: KeyObject,
  publicBytes: Uint8Array,
  stanzas: readonly Stanza[],
): Promise<Unwrapped> {
  let salt: Buffer | undefined;
  for (const stanza of stanzas) {
    if (stanza.type !== 'X25519') continue;
    const shareText = stanza.args[0];
    const share = stanza.args.length === 1 && shareText !== undefined ? decodeBase64(shareText) : null;
    if (share?.length !== keyLength || stanza.body.length !== wrappedLength) {
      return malformed();
    }
    const secret = await agreeAside(key, share);
    if (secret === null) return malformed();
    salt ??= Buffer.concat([share, publicBytes]);
    salt.set(share);
    const wrappingKey = hkdf(secret, salt, label);
    secret.fill(0);
    const fileKey = openFileKey(wrappingKey, stanza.body);
    wrappingKey.fill(0);
    if (fileKey !== null) return ok(fileKey);
  }
  return ok(null);
}
