import { constants, createPublicKey, generateKeyPairSync, publicEncrypt } from 'node:crypto';
import { fail, type Outcome, ok } from '../../core/outcome.ts';
import type { Recipient, RecipientId } from '../../core/recipient.ts';
import type { Stanza } from '../../core/stanza.ts';
import { hkdf, sealFileKey } from '../age/file-key.ts';
import { agree, privateKeyOf, publicBytesOf } from '../age/x25519.ts';
import { encodeBase64 } from '../base64.ts';
import { sshTag } from '../tags.ts';
import { montgomeryOf } from './ed25519-point.ts';
import { ed25519Label, rsaLabel } from './open-key.ts';
import { parseSshBlob, type SshPublicKey } from './public-key.ts';

/** Wraps one file key into the stanza for one SSH key. */
export type WrapForSsh = (fileKey: Uint8Array) => Stanza;

/** As many readers as any repository has; then they are made anew. */
const mostWrappers = 1_000;
const wrappers = new Map<RecipientId, Outcome<WrapForSsh>>();

/** Made once for each key, since the files of a repository have the same readers. As `makeWrapper`. */
export function sshWrapperOf(recipient: Recipient): Outcome<WrapForSsh> {
  const known = wrappers.get(recipient.id);
  if (known !== undefined) return known;
  if (wrappers.size >= mostWrappers) wrappers.clear();
  const made = makeWrapper(recipient);
  wrappers.set(recipient.id, made);
  return made;
}

/** Errors: `bad-recipient` for what is no ssh key, an Ed25519 point that is none, or one that everybody could decrypt for. */
function makeWrapper({ id, kind }: Recipient): Outcome<WrapForSsh> {
  const key = parseSshBlob(Buffer.from(id.slice(kind.length + 1), 'base64'));
  if (typeof key === 'string') return fail('bad-recipient', key, { where: id });
  if (key.kind === 'ssh-rsa') return ok((fileKey) => wrapRsa(key, fileKey));
  const montgomery = montgomeryOf(key.point);
  if (montgomery !== null) return ok(wrapperForEd25519(key.blob, montgomery));
  return fail('bad-recipient', 'the ssh-ed25519 key is not a safe point of its curve', { where: id });
}

function wrapperForEd25519(blob: Buffer, theirs: Buffer): WrapForSsh {
  // All three follow from the public key alone. age multiplies by the ephemeral scalar first and by the tweak then;
  // both are multiples of the cofactor, so the order makes no difference, and this one is half of the work.
  const tweak = hkdf(Buffer.alloc(0), blob, ed25519Label);
  const tweaked = agree(privateKeyOf(tweak), theirs);
  const tag = sshTag(blob);
  return (fileKey) => {
    const ephemeral = generateKeyPairSync('x25519').privateKey;
    const share = publicBytesOf(ephemeral);
    const secret = tweaked === null ? null : agree(ephemeral, tweaked);
    if (secret === null) throw new Error('a point of full order gave no shared secret');
    const wrappingKey = hkdf(secret, Buffer.concat([share, theirs]), ed25519Label);
    const body = sealFileKey(wrappingKey, fileKey);
    for (const bytes of [secret, wrappingKey]) bytes.fill(0);
    return { type: 'ssh-ed25519', args: [tag, encodeBase64(share)], body };
  };
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
