import { randomBytes } from 'node:crypto';
import { fail, type Outcome, ok } from '../core/outcome.ts';
import type { Recipient } from '../core/recipient.ts';
import type { Stanza } from '../core/stanza.ts';
import { encodeArmor } from './age/armor.ts';
import { fileKeyLength } from './age/file-key.ts';
import { wrapScrypt } from './age/scrypt.ts';
import { sealWithStanzas } from './age/seal-file.ts';
import { wrapX25519 } from './age/wrap-x25519.ts';
import { decodeBech32 } from './bech32.ts';
import { sshWrapperOf } from './ssh/recipients.ts';

export interface EncryptOptions {
  readonly armor: boolean;
}

/** An age file and the key its content is under, with which it can be read back without being one of its readers. */
export interface SealedFile {
  readonly file: Uint8Array;
  /** Belongs to the caller, who overwrites it. */
  readonly fileKey: Uint8Array;
}

const isPostQuantum = (recipient: Recipient): boolean =>
  recipient.kind === 'hybrid' || recipient.kind === 'tagpq';

/**
 * An age file for these readers, of which duplicates are written once. The plaintext stays the caller's. Errors:
 * `cannot-encrypt` (no reader; post-quantum keys mixed with others, as age refuses; a plugin's key), `bad-recipient`.
 */
export async function encryptFile(
  plaintext: Uint8Array,
  recipients: readonly Recipient[],
  options: EncryptOptions,
): Promise<Outcome<Uint8Array>> {
  const sealed = await sealFile(plaintext, recipients, options);
  if (!sealed.ok) return sealed;
  sealed.value.fileKey.fill(0);
  return ok(sealed.value.file);
}

/** As `encryptFile`, with the file key, so that whoever writes the file can prove what is in it. */
export async function sealFile(
  plaintext: Uint8Array,
  recipients: readonly Recipient[],
  options: EncryptOptions,
): Promise<Outcome<SealedFile>> {
  const distinct = [...new Map(recipients.map((recipient) => [recipient.id, recipient])).values()];
  const unfit = whyUnfit(distinct);
  if (unfit) return unfit;
  const sealed = distinct.every(({ kind }) => kind === 'x25519' || kind.startsWith('ssh-'))
    ? sealForClassic(plaintext, distinct)
    : await (await import('./seal-with-engine.ts')).sealWithEngine(plaintext, distinct);
  return sealed.ok ? ok({ ...sealed.value, file: finish(sealed.value.file, options) }) : sealed;
}

/**
 * An age file for a passphrase, which stays the caller's. `workFactor` is the base-2 logarithm of scrypt's cost, 1 to
 * 20; 18 takes about a second. Errors: `cannot-encrypt` for an empty passphrase.
 */
export async function encryptWithPassphrase(
  plaintext: Uint8Array,
  passphrase: Uint8Array,
  options: EncryptOptions & { readonly workFactor?: number },
): Promise<Outcome<Uint8Array>> {
  if (passphrase.length === 0) return fail('cannot-encrypt', 'the passphrase is empty');
  const fileKey = randomBytes(fileKeyLength);
  const stanza = await wrapScrypt(fileKey, passphrase, options.workFactor ?? 18);
  const file = sealWithStanzas(fileKey, [stanza], plaintext);
  fileKey.fill(0);
  return ok(finish(file, options));
}

const finish = (file: Uint8Array, options: EncryptOptions): Uint8Array =>
  options.armor ? encodeArmor(file) : file;

/** Why no file can be encrypted to these, as far as that shows before it is tried; `null` when it can. */
export function whyUnfit(recipients: readonly Recipient[]): Outcome<never> | null {
  if (recipients.length === 0)
    return fail('cannot-encrypt', 'no recipients: nobody could ever open the file');
  if (recipients.some(isPostQuantum) && !recipients.every(isPostQuantum)) {
    return fail('cannot-encrypt', 'post-quantum keys cannot be mixed with others', {
      hint: 'one classic key on the file would undo the protection of the post-quantum ones',
    });
  }
  return recipients.map(whyUnfitOne).find((why) => why !== null) ?? null;
}

function whyUnfitOne(recipient: Recipient): Outcome<never> | null {
  const { kind, detail, id: where } = recipient;
  if (kind === 'unsupported') return fail('bad-recipient', detail ?? 'not a public key', { where });
  if (kind !== 'plugin') return null;
  return fail('cannot-encrypt', `needs age-plugin-${detail ?? ''}, and keyhole runs no plugins yet`, {
    where,
  });
}

/** For native and ssh keys: without the engine, which takes longer to load than all of this to run. */
function sealForClassic(plaintext: Uint8Array, recipients: readonly Recipient[]): Outcome<SealedFile> {
  const fileKey = randomBytes(fileKeyLength);
  const stanzas: Stanza[] = [];
  for (const recipient of recipients) {
    const stanza = stanzaFor(recipient, fileKey);
    if (!stanza.ok) return stanza;
    stanzas.push(stanza.value);
  }
  return ok({ file: sealWithStanzas(fileKey, stanzas, plaintext), fileKey });
}

function stanzaFor(recipient: Recipient, fileKey: Uint8Array): Outcome<Stanza> {
  if (recipient.kind !== 'x25519') {
    const wrap = sshWrapperOf(recipient);
    return wrap.ok ? ok(wrap.value(fileKey)) : wrap;
  }
  const key = decodeBech32(Buffer.from(recipient.id, 'latin1'));
  const stanza = key === null ? null : wrapX25519(Buffer.from(key.data), fileKey);
  if (stanza !== null) return ok(stanza);
  return fail('bad-recipient', 'not a usable age key: it is no point of its curve', { where: recipient.id });
}
