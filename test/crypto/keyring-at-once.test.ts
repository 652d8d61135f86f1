import { generateKeyPairSync } from 'node:crypto';
import { generateHybridIdentity } from 'age-encryption';
import { describe, expect, test } from 'vitest';
import { createKeyring } from '../../src/crypto/create-keyring.ts';
import { decryptFile } from '../../src/crypto/decrypt-file.ts';
import { encryptFile, encryptWithPassphrase } from '../../src/crypto/encrypt-file.ts';
import { generateX25519 } from '../../src/crypto/generate-identity.ts';
import type { AskPassphrase, IdentitySource } from '../../src/crypto/keyring.ts';
import { parseHeader } from '../../src/crypto/parse-header.ts';
import { parseRecipient } from '../../src/crypto/parse-recipient.ts';
import { ed25519Blob } from '../../src/crypto/ssh/public-key.ts';
import { answering, must, nobodyAnswers } from './support.ts';

const plaintext = Buffer.from('battery staple');
const passphrase = 'correct horse';

/** A person who answers when told to. */
function hesitating(): { ask: AskPassphrase; asked: Promise<void>; answer: (text: string) => void } {
  const asked = Promise.withResolvers<void>();
  const answered = Promise.withResolvers<Uint8Array>();
  return {
    ask: () => {
      asked.resolve();
      return answered.promise;
    },
    asked: asked.promise,
    answer: (text) => answered.resolve(Buffer.from(text)),
  };
}

function lockedSshKey(): { source: IdentitySource; line: string } {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const point = publicKey.export({ format: 'der', type: 'spki' }).subarray(-32);
  const line = `ssh-ed25519 ${ed25519Blob(point).toString('base64')}`;
  const pem = privateKey.export({ format: 'pem', type: 'pkcs8', cipher: 'aes-256-cbc', passphrase });
  return {
    source: { origin: 'id', bytes: Buffer.from(String(pem)), publicKeyFile: Buffer.from(line) },
    line,
  };
}

async function lockedFile(): Promise<{ source: IdentitySource; line: string }> {
  const { identity, recipient } = generateX25519();
  const options = { armor: false, workFactor: 2 };
  const file = must(await encryptWithPassphrase(identity, Buffer.from(passphrase), options));
  return { source: { origin: 'keys.age', bytes: file }, line: recipient.id };
}

const sealedFor = async (line: string): Promise<Uint8Array> =>
  must(await encryptFile(plaintext, [parseRecipient(line)], { armor: false }));

describe.each([
  ['an ssh key', async () => lockedSshKey()],
  ['an identity file', lockedFile],
])('%s that is locked', (_, make) => {
  test('asks a person even while a search that never asks tries it', async () => {
    const { source, line } = await make();
    const file = await sealedFor(line);
    const keyring = createKeyring([source]);
    const { ask, asked } = answering(passphrase);
    const [searched, opened] = await Promise.all([
      decryptFile(file, keyring, nobodyAnswers),
      decryptFile(file, keyring, ask),
    ]);
    expect(searched).toMatchObject({ ok: false, error: { code: 'needs-prompt' } });
    expect(must(opened)).toEqual(plaintext);
    expect(asked).toHaveLength(1);
  });

  test('serves the search too, once the person has answered', async () => {
    const { source, line } = await make();
    const file = await sealedFor(line);
    const keyring = createKeyring([source]);
    const person = hesitating();
    const opening = decryptFile(file, keyring, person.ask);
    await person.asked;
    const searching = decryptFile(file, keyring, nobodyAnswers);
    person.answer(passphrase);
    expect(must(await opening)).toEqual(plaintext);
    expect(must(await searching)).toEqual(plaintext);
  });

  test.each(['wrong', passphrase])('asks nothing more when it is forgotten during "%s"', async (answer) => {
    const { source, line } = await make();
    const keyring = createKeyring([source]);
    const person = hesitating();
    let questions = 0;
    const opening = decryptFile(await sealedFor(line), keyring, (request) => {
      questions += 1;
      return questions > 1 ? Promise.resolve(null) : person.ask(request);
    });
    await person.asked;
    keyring.wipe();
    person.answer(answer);
    expect(await opening).toMatchObject({ ok: false, error: { code: 'no-key' } });
    expect(questions).toBe(1);
  });
});

describe('a keyring', () => {
  test('does not pass over a key that somebody unlocks while others are tried', async () => {
    const { source, line } = lockedSshKey();
    const hybrid = { origin: 'pq', bytes: Buffer.from(await generateHybridIdentity()) };
    const file = await sealedFor(line);
    const stanzas = must(parseHeader(file)).stanzas;
    const keyring = createKeyring([source, hybrid]);
    const person = hesitating();
    const first = decryptFile(file, keyring, person.ask);
    await person.asked;
    person.answer(passphrase);
    // The hybrid key takes a turn before the ssh key, which opens meanwhile.
    const [second] = await Promise.all([decryptFile(file, keyring, nobodyAnswers), first]);
    expect(stanzas.map(({ type }) => type)).toEqual(['ssh-ed25519']);
    expect(must(second)).toEqual(plaintext);
  });

  test('that was forgotten claims nothing about what its keys could open', async () => {
    const { source, line } = lockedSshKey();
    const keyring = createKeyring([source]);
    const { stanzas } = must(parseHeader(await sealedFor(line)));
    expect(keyring.readable(stanzas)).toBe('yes');
    keyring.wipe();
    expect(keyring.readable(stanzas)).toBe('unknown');
  });
});
