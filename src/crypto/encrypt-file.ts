import type { Encrypter, Recipient as EngineRecipient, Stanza as EngineStanza } from 'age-encryption';
import { fail, type Outcome, ok } from '../core/outcome.ts';
import type { Recipient } from '../core/recipient.ts';
import type { Stanza } from '../core/stanza.ts';
import { encodeArmor } from './age/armor.ts';
import { fileKeyLength } from './age/file-key.ts';
import { wrapScrypt } from './age/scrypt.ts';
import { parseSshBlob } from './ssh/public-key.ts';
import { sshWrapper } from './ssh/recipients.ts';

export interface EncryptOptions {
  readonly armor: boolean;
}

/** An age file and the key its content is under, with which it can be read back without being one of its readers. */
export interface SealedFile {
  readonly file: Uint8Array;
  /** Belongs to the caller, who overwrites it. */
  readonly fileKey: Uint8Array;
}

// The engine is loaded at the first encryption: browsing and decrypting never need its 14 ms.
const loadEngine = () => import('age-encryption');
type Engine = Awaited<ReturnType<typeof loadEngine>>;

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
  if (distinct.length === 0) return fail('cannot-encrypt', 'no recipients: nobody could ever open the file');
  if (distinct.some(isPostQuantum) && !distinct.every(isPostQuantum)) {
    return fail('cannot-encrypt', 'post-quantum keys cannot be mixed with others', {
      hint: 'one classic key on the file would undo the protection of the post-quantum ones',
    });
  }
  const engine = await loadEngine();
  const encrypter = new engine.Encrypter();
  const fileKey = new Uint8Array(fileKeyLength);
  encrypter.addRecipient(listener(fileKey));
  for (const recipient of distinct) {
    const added = await addRecipient(engine, encrypter, recipient);
    if (!added.ok) return added;
  }
  try {
    return ok({ file: finish(await encrypter.encrypt(plaintext), options), fileKey });
  } catch (error) {
    const unusable = await findUnusable(engine, distinct);
    if (unusable === undefined) throw error;
    return fail('bad-recipient', 'not a usable age key: it is no point of its curve', { where: unusable.id });
  }
}

/** The engine looks at a key only when it encrypts to it, and throws without saying which it was. */
async function findUnusable(
  engine: Engine,
  recipients: readonly Recipient[],
): Promise<Recipient | undefined> {
  for (const recipient of recipients.filter(({ kind }) => !kind.startsWith('ssh-'))) {
    const encrypter = new engine.Encrypter();
    encrypter.addRecipient(recipient.id);
    const works = await encrypter.encrypt(new Uint8Array(0)).then(
      () => true,
      () => false,
    );
    if (!works) return recipient;
  }
  return undefined;
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
  const engine = await loadEngine();
  const encrypter = new engine.Encrypter();
  const wrap = (fileKey: Uint8Array): Promise<Stanza> =>
    wrapScrypt(fileKey, passphrase, options.workFactor ?? 18);
  encrypter.addRecipient(engineRecipient(engine, wrap));
  return ok(finish(await encrypter.encrypt(plaintext), options));
}

const finish = (file: Uint8Array, options: EncryptOptions): Uint8Array =>
  options.armor ? encodeArmor(file) : file;

async function addRecipient(
  engine: Engine,
  encrypter: Encrypter,
  recipient: Recipient,
): Promise<Outcome<null>> {
  switch (recipient.kind) {
    case 'x25519':
    case 'hybrid':
    case 'tag':
    case 'tagpq':
      return addNative(encrypter, recipient);
    case 'ssh-ed25519':
    case 'ssh-rsa': {
      const key = parseSshBlob(Buffer.from(recipient.id.slice(recipient.kind.length + 1), 'base64'));
      const wrap = typeof key === 'string' ? fail('bad-recipient', key) : await sshWrapper(key);
      if (!wrap.ok) return { ok: false, error: { ...wrap.error, where: recipient.id } };
      encrypter.addRecipient(engineRecipient(engine, wrap.value));
      return ok(null);
    }
    case 'plugin':
      return fail(
        'cannot-encrypt',
        `needs age-plugin-${recipient.detail ?? ''}, and keyhole runs no plugins yet`,
        {
          where: recipient.id,
        },
      );
    case 'unsupported':
      return fail('bad-recipient', recipient.detail ?? 'not a public key', { where: recipient.id });
  }
}

/** A recipient that writes no stanza and keeps the key that the engine made up, which tells it to recipients only. */
const listener = (heard: Uint8Array): EngineRecipient => ({
  wrapFileKey: (fileKey) => {
    heard.set(fileKey);
    return [];
  },
});

function addNative(encrypter: Encrypter, recipient: Recipient): Outcome<null> {
  try {
    encrypter.addRecipient(recipient.id);
    return ok(null);
  } catch {
    return fail('bad-recipient', 'not a usable age key', { where: recipient.id });
  }
}

/** Our stanza makers behind the engine's interface; what they return is checked, since the engine writes anything. */
function engineRecipient(
  engine: Engine,
  wrap: (fileKey: Uint8Array) => Stanza | Promise<Stanza>,
): EngineRecipient {
  return {
    wrapFileKey: async (fileKey): Promise<EngineStanza[]> => {
      const { type, args, body } = await wrap(fileKey);
      const words = [type, ...args];
      if (!words.every((word) => /^[\x21-\x7e]+$/.test(word)))
        throw new Error('a stanza argument is malformed');
      return [new engine.Stanza(words, body)];
    },
  };
}
