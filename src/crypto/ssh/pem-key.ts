import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { type OpenSshKey, openEd25519, openRsa } from './open-key.ts';

const view = (bytes: Uint8Array): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);

/**
 * Opens a PKCS#1 or PKCS#8 key with OpenSSL; `passphrase` is `undefined` for a plain one and stays the caller's.
 * `malformed` covers kinds of keys that age does not know.
 */
export function openPem(
  pem: Uint8Array,
  passphrase: Uint8Array | undefined,
): OpenSshKey | 'wrong passphrase' | 'malformed' {
  let key: KeyObject;
  try {
    const unlock = passphrase === undefined ? {} : { passphrase: view(passphrase) };
    key = createPrivateKey({ key: view(pem), format: 'pem', ...unlock });
  } catch {
    return passphrase === undefined ? 'malformed' : 'wrong passphrase';
  }
  if (key.asymmetricKeyType === 'rsa') return openRsa(key) ?? 'malformed';
  return key.asymmetricKeyType === 'ed25519' ? openEd25519Object(key) : 'malformed';
}

function openEd25519Object(key: KeyObject): OpenSshKey {
  const der = key.export({ format: 'der', type: 'pkcs8' });
  const spki = createPublicKey(key).export({ format: 'der', type: 'spki' });
  try {
    return openEd25519(der.subarray(-32), spki.subarray(-32));
  } finally {
    der.fill(0);
  }
}
