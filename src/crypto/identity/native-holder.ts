import type { KeyObject } from 'node:crypto';
import type { RecipientId } from '../../core/recipient.ts';
import { privateKeyOf, publicBytesOf } from '../age/x25519.ts';
import { encodeBech32 } from '../bech32.ts';
import { hybridRecipientOf, hybridStanza, unwrapHybrid } from './hybrid-identity.ts';
import type { KeyHolder } from './key-holder.ts';
import { forgotten } from './unlock.ts';
import { unwrapX25519 } from './x25519-identity.ts';

/** An X25519 key, ready for use. The scalar's bytes stay the caller's, who overwrites them. */
export function x25519Holder(origin: string, scalar: Uint8Array): KeyHolder {
  let key: KeyObject | null = privateKeyOf(scalar);
  const publicBytes = publicBytesOf(key);
  const recipient = encodeBech32('age', publicBytes).toString('latin1') as RecipientId;
  return {
    rank: () => 'x25519',
    statuses: () => [{ origin, kind: 'x25519', recipient, lock: 'open' }],
    readable: (stanzas) => (stanzas.some((stanza) => stanza.type === 'X25519') ? 'unknown' : 'no'),
    unwrap: (stanzas) => (key === null ? forgotten() : unwrapX25519(key, publicBytes, stanzas)),
    // A KeyObject cannot be overwritten; OpenSSL cleanses it when it is collected.
    wipe: () => {
      key = null;
    },
  };
}

/** A hybrid key, ready for use. Takes the seed's bytes over. Its public half is worked out when somebody wants it. */
export function hybridHolder(origin: string, seed: Buffer): KeyHolder {
  let key: Buffer | null = seed;
  let recipient: RecipientId | undefined;
  return {
    rank: () => 'hybrid',
    statuses: () => [
      { origin, kind: 'hybrid', lock: 'open', ...(recipient === undefined ? {} : { recipient }) },
    ],
    readable: (stanzas) => (stanzas.some((stanza) => stanza.type === hybridStanza) ? 'unknown' : 'no'),
    unwrap: (stanzas) => (key === null ? forgotten() : unwrapHybrid(key, stanzas)),
    learnPublicHalf: async () => {
      if (key !== null) recipient ??= await hybridRecipientOf(key);
    },
    wipe: () => {
      key?.fill(0);
      key = null;
    },
  };
}
