import { type AppError, fail } from '../../core/outcome.ts';
import type { IdentitySource } from '../keyring.ts';
import { parseOpenSshContainer } from '../ssh/openssh-container.ts';
import { pemBody } from '../ssh/pem.ts';
import { openPem } from '../ssh/pem-key.ts';
import { maxPkcs8Work, pkcs8Work } from '../ssh/pkcs8-work.ts';
import { parseSshBlob, parseSshLine, type SshPublicKey } from '../ssh/public-key.ts';
import type { Unlocking } from '../unlocking.ts';
import { type KeyHolder, unusableKey } from './key-holder.ts';
import { sshHolder } from './ssh-holder.ts';

/** As much as ssh-keygen's largest keys need, with room. */
const maxLength = 64 << 10;

/** The key of a PEM file with this label; always one holder, which may be unusable. */
export function readSshFile(source: IdentitySource, label: string, unlocking: Unlocking): KeyHolder {
  const { origin, bytes } = source;
  const unusable = (says: string, hint?: string): KeyHolder => unusableKey(origin, bad(says, hint));
  if (bytes.length > maxLength) return unusable('the key file is larger than 64 KiB');
  switch (label) {
    case 'OPENSSH PRIVATE KEY': {
      const body = pemBody(bytes, label);
      const container = body === null ? 'malformed openssh key' : parseOpenSshContainer(body);
      if (typeof container !== 'string') {
        const open = (passphrase: Uint8Array) => container.open(passphrase, unlocking.signal());
        return sshHolder({ origin, ...container, open });
      }
      body?.fill(0);
      return unusable(container);
    }
    case 'RSA PRIVATE KEY':
    case 'PRIVATE KEY':
      return isEncryptedPkcs1(bytes) ? encryptedPem(source) : plainPem(origin, bytes);
    case 'ENCRYPTED PRIVATE KEY': {
      const work = pkcs8Work(pemBody(bytes, label) ?? new Uint8Array());
      if (work <= maxPkcs8Work) return encryptedPem(source);
      return Number.isFinite(work)
        ? unusable('trying a passphrase of the key takes too much work', `run ssh-keygen -p -f ${origin}`)
        : unusable('malformed pkcs#8 key');
    }
    case 'EC PRIVATE KEY':
    case 'DSA PRIVATE KEY':
      return unusable('age knows ed25519 and rsa keys only');
    default:
      return unusable('not a private key');
  }
}

const bad = (says: string, hint?: string): AppError =>
  fail('bad-identity', says, hint === undefined ? {} : { hint }).error;

const isEncryptedPkcs1 = (bytes: Uint8Array): boolean =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).includes('DEK-Info:');

function plainPem(origin: string, bytes: Uint8Array): KeyHolder {
  const key = openPem(bytes, undefined);
  const publicKey = typeof key === 'string' ? 'age knows ed25519 and rsa keys only' : parseSshBlob(key.blob);
  if (typeof key === 'string' || typeof publicKey === 'string')
    return unusableKey(origin, bad(String(publicKey)));
  return sshHolder({ origin, publicKey, isEncrypted: false, open: async () => key, wipe: () => {} });
}

/** These formats hide the public half together with the private one. */
function encryptedPem({ origin, bytes, publicKeyFile }: IdentitySource): KeyHolder {
  const publicKey = publicKeyFile === undefined ? null : readPublicKey(publicKeyFile);
  if (publicKey === null) {
    const hint = `put the public key beside it as ${origin}.pub, or run ssh-keygen -p -f ${origin}`;
    return unusableKey(origin, bad('the encrypted key does not show its public half', hint));
  }
  const pem = Buffer.from(bytes);
  const open = async (passphrase: Uint8Array) => openPem(pem, passphrase);
  return sshHolder({ origin, publicKey, isEncrypted: true, open, wipe: () => void pem.fill(0) });
}

function readPublicKey(file: Uint8Array): SshPublicKey | null {
  const lines = Buffer.from(file.subarray(0, maxLength)).toString('utf8').split('\n');
  const fields = parseSshLine(lines[0]?.trim() ?? '');
  const key = fields === null ? null : parseSshBlob(fields.blob);
  return key === null || typeof key === 'string' ? null : key;
}
