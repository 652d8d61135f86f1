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

/**
 * X25519 with somebody's public value. The result belongs to the caller, who overwrites it. `null` when the value has
 * low order: the result would be zero whatever the key (RFC 7748, section 6.1; OpenSSL refuses).
 */
export function agree(privateKey: KeyObject, point: Uint8Array): Buffer | null {
  const der = Buffer.alloc(spkiPrefix.length + keyLength);
  der.set(spkiPrefix);
  der.set(point, spkiPrefix.length);
  return agreeWith(privateKey, () => createPublicKey({ key: der, format: 'der', type: 'spki' }));
}

/** As `agree`, for a public value that stands as base64 in a header: the cheapest import that every Node has. */
export function agreeWithShare(privateKey: KeyObject, share: string): Buffer | null {
  const x = share.replaceAll('+', '-').replaceAll('/', '_');
  return agreeWith(privateKey, () =>
    createPublicKey({ key: { kty: 'OKP', crv: 'X25519', x }, format: 'jwk' }),
  );
}

function agreeWith(privateKey: KeyObject, readPublicKey: () => KeyObject): Buffer | null {
  try {
    return diffieHellman({ privateKey, publicKey: readPublicKey() });
  } catch {
    return null;
  }
}
