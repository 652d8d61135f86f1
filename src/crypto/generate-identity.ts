import { randomFillSync } from 'node:crypto';
import type { Recipient, RecipientId } from '../core/recipient.ts';
import { privateKeyOf, publicBytesOf } from './age/x25519.ts';
import { encodeBech32 } from './bech32.ts';

/**
 * A new X25519 key. `identity` is its one line of an identity file, without a line end; it belongs to the caller, who
 * overwrites it.
 */
export function generateX25519(): { identity: Uint8Array; recipient: Recipient } {
  const scalar = randomFillSync(Buffer.alloc(32));
  const identity = encodeBech32('age-secret-key-', scalar);
  for (let i = 0; i < identity.length; i++) {
    const byte = identity[i] ?? 0;
    if (byte >= 0x61 && byte <= 0x7a) identity[i] = byte - 0x20;
  }
  const id = encodeBech32('age', publicBytesOf(privateKeyOf(scalar))).toString('latin1') as RecipientId;
  scalar.fill(0);
  return { identity, recipient: { id, kind: 'x25519', names: [] } };
}
