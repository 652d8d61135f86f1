import { constants, createPublicKey, generateKeyPairSync, publicEncrypt } from 'node:crypto';
import { fail, type Outcome, ok } from '../../core/outcome.ts';
import type { Stanza } from '../../core/stanza.ts';
import { hkdf, sealFileKey } from '../age/file-key.ts';
import { agree, privateKeyOf, publicBytesOf } from '../age/x25519.ts';
import { encodeBase64 } from '../base64.ts';
import { sshTag } from '../tags.ts';
import { ed25519Label, rsaLabel } from './open-key.ts';
import type { SshPublicKey } from './public-key.ts';

/** Wraps one file key into the stanza for one SSH key. */
export type WrapForSsh = (fileKey: Uint8Array) => Stanza;

/** Errors: `bad-recipient` for an Ed25519 point that is none, or that everybody could decrypt for. */
export async function sshWrapper(key: SshPublicKey): Promise<Outcome<WrapForSsh>> {
  if (key.kind === 'ssh-rsa') return ok((fileKey) => wrapRsa(key, fileKey));
  // Loaded at the first encryption only; Node does not check points.
  const { ed25519 } = await import('@noble/curves/ed25519.js');
  let montgomery: Buffer;
  try {
    if (ed25519.Point.fromBytes(key.point).isSmallOrder()) return badPoint();
    montgomery = Buffer.from(ed25519.utils.toMontgomery(key.point));
  } catch {
    return badPoint();
  }
  return ok((fileKey) => wrapEd25519(key.blob, montgomery, fileKey));
}

const badPoint = (): Outcome<never> =>
  fail('bad-recipient', 'the ssh-ed25519 key is not a safe point of its curve');

function wrapEd25519(blob: Buffer, theirs: Buffer, fileKey: Uint8Array): Stanza {
  const ephemeral = generateKeyPairSync('x25519').privateKey;
  const share = publicBytesOf(ephemeral);
  const tweak = hkdf(Buffer.alloc(0), blob, ed25519Label);
  const untweaked = agree(ephemeral, theirs);
  const secret = untweaked === null ? null : agree(privateKeyOf(tweak), untweaked);
  if (untweaked === null || secret === null) throw new Error('a point of full order gave no shared secret');
  const wrappingKey = hkdf(secret, Buffer.concat([share, theirs]), ed25519Label);
  const body = sealFileKey(wrappingKey, fileKey);
  for (const bytes of [untweaked, secret, wrappingKey]) bytes.fill(0);
  return { type: 'ssh-ed25519', args: [sshTag(blob), encodeBase64(share)], body };
}

function wrapRsa(key: SshPublicKey & { readonly kind: 'ssh-rsa' }, fileKey: Uint8Array): Stanza {
  const jwk = { kty: 'RSA', n: key.modulus.toString('base64url'), e: key.exponent.toString('base64url') };
  const body = publicEncrypt(
    {
      key: createPublicKey({ key: jwk, format: 'jwk' }),
      padding: constants.RSA_PKCS1_OAEP_PADDING,
      oaepHash: 'sha256',
      oaepLabel: Buffer.from(rsaLabel),
    },
    fileKey,
  );
  return { type: 'ssh-rsa', args: [sshTag(key.blob)], body };
}
