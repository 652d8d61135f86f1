import { generateKeyPairSync } from 'node:crypto';
import type { Stanza } from '../../core/stanza.ts';
import { encodeBase64 } from '../base64.ts';
import { hkdf, sealFileKey } from './file-key.ts';
import { agree, publicBytesOf } from './x25519.ts';

const label = 'age-encryption.org/v1/X25519';

/** The stanza for one X25519 key (C2SP age.md, "The X25519 recipient type"); `null` for a key of low order. */
export function wrapX25519(theirs: Buffer, fileKey: Uint8Array): Stanza | null {
  const ephemeral = generateKeyPairSync('x25519').privateKey;
  const share = publicBytesOf(ephemeral);
  const secret = agree(ephemeral, theirs);
  if (secret === null) return null;
  const wrappingKey = hkdf(secret, Buffer.concat([share, theirs]), label);
  const body = sealFileKey(wrappingKey, fileKey);
  secret.fill(0);
  wrappingKey.fill(0);
  return { type: 'X25519', args: [encodeBase64(share)], body };
}
