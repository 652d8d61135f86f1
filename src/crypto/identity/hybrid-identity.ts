import { createHmac } from 'node:crypto';
import { fail, ok } from '../../core/outcome.ts';
import type { RecipientId } from '../../core/recipient.ts';
import type { Stanza } from '../../core/stanza.ts';
import { openFileKey, type Unwrapped, wrappedLength } from '../age/file-key.ts';
import { decodeBase64 } from '../base64.ts';
import { encodeBech32 } from '../bech32.ts';

// ML-KEM-768 with X25519, used through HPKE (C2SP age.md, "mlkem768x25519"; RFC 9180, base mode, one message).
export const hybridStanza = 'mlkem768x25519';
const label = Buffer.from(`age-encryption.org/${hybridStanza}`);
const encapsulatedLength = 1120;
/** "HPKE", KEM MLKEM768-X25519, KDF HKDF-SHA256, AEAD ChaCha20-Poly1305. */
const suite = Buffer.concat([Buffer.from('HPKE'), Buffer.from('647a00010003', 'hex')]);
const version = Buffer.from('HPKE-v1');
const empty = Buffer.alloc(0);

const hmac = (key: Uint8Array, ...parts: Uint8Array[]): Buffer => {
  const mac = createHmac('sha256', key);
  for (const part of parts) mac.update(part);
  return mac.digest();
};
const extract = (salt: Uint8Array, name: string, input: Uint8Array): Buffer =>
  hmac(salt, version, suite, Buffer.from(name), input);

/** One block of HKDF-Expand is enough: both outputs are at most 32 bytes. */
function expand(secret: Uint8Array, name: string, info: Uint8Array, length: number): Buffer {
  const prefix = Buffer.from([length >> 8, length & 0xff]);
  return hmac(secret, prefix, version, suite, Buffer.from(name), info, Buffer.from([1])).subarray(0, length);
}

function openHpke(sharedSecret: Uint8Array, body: Uint8Array): Buffer | null {
  const modeBase = Buffer.alloc(1);
  const context = Buffer.concat([
    modeBase,
    extract(empty, 'psk_id_hash', empty),
    extract(empty, 'info_hash', label),
  ]);
  const secret = extract(sharedSecret, 'secret', empty);
  const key = expand(secret, 'key', context, 32);
  const fileKey = openFileKey(key, body, expand(secret, 'base_nonce', context, 12));
  secret.fill(0);
  key.fill(0);
  return fileKey;
}

// Loaded at the first file that has such a stanza: most people have no such key, and start-up must not pay for it.
const loadKem = async () => (await import('@noble/post-quantum/hybrid.js')).MLKEM768X25519;

/** The `age1pq1…` of a private key. */
export async function hybridRecipientOf(seed: Uint8Array): Promise<RecipientId> {
  const kem = await loadKem();
  return encodeBech32('age1pq', kem.getPublicKey(seed)).toString('latin1') as RecipientId;
}

/** Tries every hybrid stanza; none says whose it is. */
export async function unwrapHybrid(seed: Uint8Array, stanzas: readonly Stanza[]): Promise<Unwrapped> {
  for (const stanza of stanzas) {
    if (stanza.type !== hybridStanza) continue;
    const text = stanza.args[0];
    const share = stanza.args.length === 1 && text !== undefined ? decodeBase64(text) : null;
    if (share?.length !== encapsulatedLength || stanza.body.length !== wrappedLength) return malformed();
    const kem = await loadKem();
    let sharedSecret: Uint8Array;
    try {
      sharedSecret = kem.decapsulate(share, seed);
    } catch {
      return malformed(); // its X25519 half has low order
    }
    const fileKey = openHpke(sharedSecret, stanza.body);
    sharedSecret.fill(0);
    if (fileKey !== null) return ok(fileKey);
  }
  return ok(null);
}

const malformed = (): Unwrapped => fail('damaged', `a ${hybridStanza} recipient in the header is malformed`);
