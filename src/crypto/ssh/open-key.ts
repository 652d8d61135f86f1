import { constants, createHash, createPublicKey, type KeyObject, privateDecrypt } from 'node:crypto';
import { fail, ok } from '../../core/outcome.ts';
import type { Stanza } from '../../core/stanza.ts';
import { fileKeyLength, hkdf, openFileKey, type Unwrapped, wrappedLength } from '../age/file-key.ts';
import { agreeAside, keyLength, privateKeyOf, publicBytesOf } from '../age/x25519.ts';
import { decodeBase64 } from '../base64.ts';
import { sshTag } from '../tags.ts';
import { ed25519Blob, rsaBlob } from './public-key.ts';

export const ed25519Label = 'age-encryption.org/v1/ssh-ed25519';
export const rsaLabel = 'age-encryption.org/v1/ssh-rsa';

/** An unlocked SSH key. `unwrap` is for the stanzas that carry its tag. */
export interface OpenSshKey {
  readonly blob: Buffer;
  unwrap(stanzas: readonly Stanza[]): Promise<Unwrapped>;
}

/** The stanzas whose type and 32-bit tag are those of the key: taken for ours, as age and rage do. */
export const stanzasFor = (kind: string, blob: Uint8Array): ((stanzas: readonly Stanza[]) => Stanza[]) => {
  const tag = sshTag(blob);
  return (stanzas) => stanzas.filter((stanza) => stanza.type === kind && stanza.args[0] === tag);
};

const malformed = (kind: string): Unwrapped =>
  fail('damaged', `a ${kind} recipient in the header is malformed`);
const doesNotOpen = (kind: string): Unwrapped =>
  fail('damaged', `the ${kind} recipient with this key's tag does not open with it`);

// Ed25519 keys are used as X25519 keys: the scalar is the one that signing uses (RFC 8032, section 5.1.5), and a
// tweak derived from the public key keeps the two uses apart (age's ssh-ed25519).
export function openEd25519(seed: Uint8Array, point: Uint8Array): OpenSshKey {
  const blob = ed25519Blob(point);
  const digest = createHash('sha512').update(seed).digest();
  const tweak = hkdf(Buffer.alloc(0), blob, ed25519Label);
  const key = privateKeyOf(digest.subarray(0, keyLength));
  const tweakKey = privateKeyOf(tweak);
  digest.fill(0);
  const publicBytes = publicBytesOf(key);
  return { blob, unwrap: (stanzas) => firstOf(stanzas, (s) => unwrapEd25519(key, tweakKey, publicBytes, s)) };
}

async function unwrapEd25519(
  key: KeyObject,
  tweakKey: KeyObject,
  publicBytes: Buffer,
  stanza: Stanza,
): Promise<Unwrapped> {
  const text = stanza.args[1];
  const share = stanza.args.length === 2 && text !== undefined ? decodeBase64(text) : null;
  if (share?.length !== keyLength || stanza.body.length !== wrappedLength) {
    return malformed('ssh-ed25519');
  }
  const untweaked = await agreeAside(key, share);
  const secret = untweaked === null ? null : await agreeAside(tweakKey, untweaked);
  untweaked?.fill(0);
  if (secret === null) return malformed('ssh-ed25519');
  const wrappingKey = hkdf(secret, Buffer.concat([share, publicBytes]), ed25519Label);
  secret.fill(0);
  const fileKey = openFileKey(wrappingKey, stanza.body);
  wrappingKey.fill(0);
  return fileKey === null ? doesNotOpen('ssh-ed25519') : ok(fileKey);
}

/** `null` when the key object is not RSA. */
export function openRsa(key: KeyObject): OpenSshKey | null {
  const jwk = createPublicKey(key).export({ format: 'jwk' });
  if (key.asymmetricKeyType !== 'rsa' || jwk.n === undefined || jwk.e === undefined) return null;
  const blob = rsaBlob(Buffer.from(jwk.e, 'base64url'), Buffer.from(jwk.n, 'base64url'));
  return { blob, unwrap: (stanzas) => firstOf(stanzas, (stanza) => unwrapRsa(key, stanza)) };
}

function unwrapRsa(key: KeyObject, stanza: Stanza): Unwrapped {
  if (stanza.args.length !== 1) return malformed('ssh-rsa');
  try {
    const padding = constants.RSA_PKCS1_OAEP_PADDING;
    const oaepLabel = Buffer.from(rsaLabel);
    const fileKey = privateDecrypt({ key, padding, oaepHash: 'sha256', oaepLabel }, stanza.body);
    if (fileKey.length === fileKeyLength) return ok(fileKey);
    fileKey.fill(0);
  } catch {
    // OpenSSL does not say why, and must not
  }
  return doesNotOpen('ssh-rsa');
}

/** Two keys may share a tag, or one key may stand twice: the first stanza that opens wins. */
async function firstOf(
  stanzas: readonly Stanza[],
  unwrap: (stanza: Stanza) => Unwrapped | Promise<Unwrapped>,
): Promise<Unwrapped> {
  let failure: Unwrapped = ok(null);
  for (const stanza of stanzas) {
    const unwrapped = await unwrap(stanza);
    if (unwrapped.ok) return unwrapped;
    failure = unwrapped;
  }
  return failure;
}
