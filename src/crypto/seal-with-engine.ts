import { Encrypter, type Recipient as EngineRecipient, Stanza as EngineStanza } from 'age-encryption';
import { fail, type Outcome, ok } from '../core/outcome.ts';
import type { Recipient } from '../core/recipient.ts';
import type { Stanza } from '../core/stanza.ts';
import { fileKeyLength } from './age/file-key.ts';
import type { SealedFile } from './encrypt-file.ts';
import { sshWrapperOf } from './ssh/recipients.ts';

/**
 * A binary age file whose readers have post-quantum or hardware keys among them: age-encryption makes their stanzas.
 * Errors: `bad-recipient`, `cannot-encrypt`.
 */
export async function sealWithEngine(
  plaintext: Uint8Array,
  recipients: readonly Recipient[],
): Promise<Outcome<SealedFile>> {
  const encrypter = new Encrypter();
  const fileKey = new Uint8Array(fileKeyLength);
  encrypter.addRecipient(listener(fileKey));
  for (const recipient of recipients) {
    const added = addRecipient(encrypter, recipient);
    if (!added.ok) return added;
  }
  try {
    return ok({ file: await encrypter.encrypt(plaintext), fileKey });
  } catch (error) {
    const unusable = await findUnusable(recipients);
    if (unusable === undefined) throw error;
    return fail('bad-recipient', 'not a usable age key: it is no point of its curve', { where: unusable.id });
  }
}

function addRecipient(encrypter: Encrypter, recipient: Recipient): Outcome<null> {
  if (recipient.kind === 'ssh-ed25519' || recipient.kind === 'ssh-rsa') {
    const wrap = sshWrapperOf(recipient);
    if (!wrap.ok) return wrap;
    encrypter.addRecipient(engineRecipient(wrap.value));
    return ok(null);
  }
  try {
    encrypter.addRecipient(recipient.id);
    return ok(null);
  } catch {
    return fail('bad-recipient', 'not a usable age key', { where: recipient.id });
  }
}

/** The engine looks at a key only when it encrypts to it, and throws without saying which it was. */
async function findUnusable(recipients: readonly Recipient[]): Promise<Recipient | undefined> {
  for (const recipient of recipients.filter(({ kind }) => !kind.startsWith('ssh-'))) {
    const encrypter = new Encrypter();
    encrypter.addRecipient(recipient.id);
    const works = await encrypter.encrypt(new Uint8Array(0)).then(
      () => true,
      () => false,
    );
    if (!works) return recipient;
  }
  return undefined;
}

/** Our stanza makers behind the engine's interface; what they return is checked, since the engine writes anything. */
function engineRecipient(wrap: (fileKey: Uint8Array) => Stanza): EngineRecipient {
  return {
    wrapFileKey: (fileKey): EngineStanza[] => {
      const { type, args, body } = wrap(fileKey);
      const words = [type, ...args];
      if (!words.every((word) => /^[\x21-\x7e]+$/.test(word)))
        throw new Error('a stanza argument is malformed');
      return [new EngineStanza(words, body)];
    },
  };
}

/** A recipient that writes no stanza and keeps the key that the engine made up, which tells it to recipients only. */
const listener = (heard: Uint8Array): EngineRecipient => ({
  wrapFileKey: (fileKey) => {
    heard.set(fileKey);
    return [];
  },
});
