import { createPrivateKey, createPublicKey, diffieHellman, type KeyObject } from 'node:crypto';

export const keyLength = 32;
// RFC 8410 containers around a raw key: bytes in, so that no secret becomes the string a JWK would need.
const pkcs8Prefix = Buffer.from('302e020100300506032b656e04220420', 'hex');
const spkiPrefix = Buffer.from('302a300506032b656e032100', 'hex');

/** A private key of X25519 from its 32 raw bytes, which the caller still owns. */
export function privateKeyOf(scalar: Uint8Array): KeyObject {
  const der = Buffer.alloc(pkcs8Prefix.length + keyLength);
  der.set(pkcs8Prefix);
  der.set(scalar, pkcs8Prefix.length);
  try {
    return createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
  } finally {
    der.fill(0);
  }
}

/** The 32 raw bytes of the public half. */
export function publicBytesOf(key: KeyObject): Buffer {
  const der = createPublicKey(key).export({ format: 'der', type: 'spki' });
  return Buffer.from(der.subarray(der.length - keyLength));
}

/** Node 24.21 and later take the raw bytes; before that they travel in a DER container, which costs twice as much. */
let takesRawKeys: boolean | undefined; // found out at first use: loading node:crypto takes 5 ms

function probeRawKeys(): boolean {
  try {
    createPublicKey({ key: Buffer.alloc(keyLength, 9), format: 'raw-public', asymmetricKeyType: 'x25519' });
    return true;
  } catch {
    return false;
  }
}

function publicKeyOf(point: Buffer): KeyObject {
  takesRawKeys ??= probeRawKeys();
  if (takesRawKeys) return createPublicKey({ key: point, format: 'raw-public', asymmetricKeyType: 'x25519' });
  const der = Buffer.concat([spkiPrefix, point]);
  const key = createPublicKey({ key: der, format: 'der', type: 'spki' });
  der.fill(0);
  return key;
}

/**
 * X25519 with somebody's public value of 32 bytes. The result belongs to the caller, who overwrites it. `null` when
 * the value has low order: the result would be zero whatever the key (RFC 7748, section 6.1; OpenSSL refuses).
 */
export function agree(privateKey: KeyObject, point: Buffer): Buffer | null {
  try {
    return diffieHellman({ privateKey, publicKey: publicKeyOf(point) });
  } catch {
    return null;
  }
}

/**
 * As `agree`, on one of Node's other threads, so that files which are opened side by side do not wait for each other's
 * agreements. Node before 23.11 knows no other thread for it and answers at once.
 */
export function agreeAside(privateKey: KeyObject, point: Buffer): Promise<Buffer | null> {
  return new Promise((resolve) => {
    try {
      const publicKey = publicKeyOf(point);
      const atOnce: unknown = diffieHellman({ privateKey, publicKey }, (error, secret) =>
        resolve(error ? null : secret),
      );
      if (atOnce instanceof Buffer) resolve(atOnce);
    } catch {
      resolve(null);
    }
  });
}
