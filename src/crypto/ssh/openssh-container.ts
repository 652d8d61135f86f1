import type { PassphraseCost } from '../keyring.ts';
import { deriveBcryptKey, maxRounds, unusualRounds } from './bcrypt-key.ts';
import { keyCiphers } from './key-cipher.ts';
import { type OpenSshKey, openEd25519, openRsa } from './open-key.ts';
import { rsaKeyOf } from './pkcs1.ts';
import { parseSshBlob, type SshPublicKey } from './public-key.ts';
import { positiveInteger, readWire } from './wire.ts';

// openssh-key-v1 (OpenSSH's PROTOCOL.key): the public key stands in the clear, the private section may be encrypted,
// and the tag of an AEAD cipher follows the section.
const magic = Buffer.from('openssh-key-v1\0');

/** An `OPENSSH PRIVATE KEY` as it lies on disk. */
export interface OpenSshContainer {
  readonly publicKey: SshPublicKey;
  readonly isEncrypted: boolean;
  readonly cost?: PassphraseCost | undefined;
  /**
   * `wrong passphrase` when the check words or the tag say so, `malformed` when the inside is not the private half of
   * the public key. The passphrase stays the caller's; it is not looked at when the key is not encrypted.
   */
  open(
    passphrase: Uint8Array,
    signal: AbortSignal,
  ): Promise<OpenSshKey | 'wrong passphrase' | 'malformed' | 'stopped'>;
  wipe(): void;
}

/** Reads the decoded PEM body; answers why, in words, when it cannot be used. Takes the bytes over. */
export function parseOpenSshContainer(bytes: Buffer): OpenSshContainer | string {
  if (!magic.equals(bytes.subarray(0, magic.length))) return 'malformed openssh key';
  const reader = readWire(bytes.subarray(magic.length));
  const cipherName = reader.string()?.toString('latin1');
  const kdfName = reader.string()?.toString('latin1');
  const kdfOptions = reader.string();
  const count = reader.uint32();
  const blob = reader.string();
  const section = reader.string();
  const tag = reader.rest();
  if (kdfOptions === null || blob === null || section === null) return 'malformed openssh key';
  if (count !== 1) return 'openssh file with more than one key';
  const publicKey = parseSshBlob(blob);
  if (typeof publicKey === 'string') return publicKey;
  const wipe = (): void => void bytes.fill(0);

  if (cipherName === 'none') {
    if (kdfName !== 'none' || tag.length > 0) return 'malformed openssh key';
    return { publicKey, isEncrypted: false, open: async () => readPrivateSection(section, publicKey), wipe };
  }
  const cipher = keyCiphers.get(cipherName ?? '');
  if (cipher === undefined) return 'openssh key with an unknown cipher';
  if (kdfName !== 'bcrypt') return 'openssh key with an unknown key derivation';
  const options = readWire(kdfOptions);
  const salt = options.string();
  const rounds = options.uint32();
  if (salt === null || salt.length === 0 || rounds === null || rounds === 0) return 'malformed openssh key';
  if (rounds > maxRounds) return `openssh key with ${rounds} rounds, keyhole stops at ${maxRounds}`;
  if (tag.length !== cipher.tagLength || section.length % cipher.blockLength !== 0)
    return 'malformed openssh key';

  const { keyLength, ivLength } = cipher;
  const length = keyLength + ivLength;
  const open: OpenSshContainer['open'] = async (passphrase, signal) => {
    if (passphrase.length === 0) return 'wrong passphrase';
    const derived = await deriveBcryptKey(passphrase, { salt, rounds, length }, signal);
    if (derived === null) return 'stopped';
    const key = derived.subarray(0, keyLength);
    const opened = await cipher.decrypt(key, derived.subarray(keyLength), section, tag);
    derived.fill(0);
    if (opened === null) return 'wrong passphrase';
    try {
      return readPrivateSection(opened, publicKey);
    } finally {
      opened.fill(0);
    }
  };
  return { publicKey, isEncrypted: true, cost: unusualRounds(rounds, length), open, wipe };
}

function readPrivateSection(
  section: Buffer,
  publicKey: SshPublicKey,
): OpenSshKey | 'wrong passphrase' | 'malformed' {
  const reader = readWire(section);
  const firstCheck = reader.uint32();
  const secondCheck = reader.uint32();
  if (firstCheck === null || firstCheck !== secondCheck) return 'wrong passphrase';
  if (reader.string()?.toString('latin1') !== publicKey.kind) return 'malformed';
  const key =
    publicKey.kind === 'ssh-ed25519' ? readEd25519(reader.string(), reader.string()) : readRsa(reader);
  if (key === null || reader.string() === null) return 'malformed'; // the comment comes last
  if (!reader.rest().every((byte, i) => byte === ((i + 1) & 0xff))) return 'malformed';
  return key.blob.equals(publicKey.blob) ? key : 'malformed';
}

function readEd25519(point: Buffer | null, pair: Buffer | null): OpenSshKey | null {
  if (point?.length !== 32 || pair?.length !== 64 || !pair.subarray(32).equals(point)) return null;
  return openEd25519(pair.subarray(0, 32), point);
}

function readRsa(reader: ReturnType<typeof readWire>): OpenSshKey | null {
  const next = (): Buffer | null => positiveInteger(reader.string());
  const [n, e, d, iqmp, p, q] = [next(), next(), next(), next(), next(), next()];
  if (!n || !e || !d || !iqmp || !p || !q) return null;
  const key = rsaKeyOf({ n, e, d, iqmp, p, q });
  return key === null ? null : openRsa(key);
}
