import { generateKeyPairSync } from 'node:crypto';
import { Decrypter, Encrypter, type Identity } from 'age-encryption';
import { expect, test } from 'vitest';
import { createKeyring } from '../../src/crypto/create-keyring.ts';
import { decryptFile } from '../../src/crypto/decrypt-file.ts';
import { encryptFile, encryptWithPassphrase } from '../../src/crypto/encrypt-file.ts';
import { generateX25519 } from '../../src/crypto/generate-identity.ts';
import { parseRecipient } from '../../src/crypto/parse-recipient.ts';
import { ed25519Blob } from '../../src/crypto/ssh/public-key.ts';
import { answering, must, nobodyAnswers } from './support.ts';

const plaintext = new Uint8Array(Buffer.from('battery staple'.repeat(10_000)));

test('age-encryption opens our X25519 files, and we open its own', async () => {
  const { identity, recipient } = generateX25519();
  const line = Buffer.from(identity).toString('latin1');
  const decrypter = new Decrypter();
  decrypter.addIdentity(line);
  const ours = must(await encryptFile(plaintext, [recipient], { armor: false }));
  expect(Buffer.from(await decrypter.decrypt(ours)).equals(plaintext)).toBe(true);

  const encrypter = new Encrypter();
  encrypter.addRecipient(recipient.id);
  const keyring = createKeyring([{ origin: 'id', bytes: identity }]);
  const opened = must(await decryptFile(await encrypter.encrypt(plaintext), keyring, nobodyAnswers));
  expect(Buffer.from(opened).equals(plaintext)).toBe(true);
});

test.each([0, 1, 65_535, 65_536, 65_537, 131_072, 131_073])(
  'age-encryption opens our files of %d bytes',
  async (size) => {
    const { identity, recipient } = generateX25519();
    const value = new Uint8Array(size).fill(7);
    const decrypter = new Decrypter();
    decrypter.addIdentity(Buffer.from(identity).toString('latin1'));
    const file = must(await encryptFile(value, [recipient], { armor: false }));
    expect(Buffer.from(await decrypter.decrypt(file)).equals(value)).toBe(true);
  },
);

test('age-encryption opens our passphrase files, and we open its own', async () => {
  const options = { armor: false, workFactor: 6 };
  const decrypter = new Decrypter();
  decrypter.addPassphrase('correct horse');
  const ours = must(await encryptWithPassphrase(plaintext, Buffer.from('correct horse'), options));
  expect(Buffer.from(await decrypter.decrypt(ours)).equals(plaintext)).toBe(true);

  const encrypter = new Encrypter();
  encrypter.setPassphrase('correct horse');
  encrypter.setScryptWorkFactor(6);
  const { ask } = answering('correct horse');
  const opened = must(await decryptFile(await encrypter.encrypt(plaintext), createKeyring([]), ask));
  expect(Buffer.from(opened).equals(plaintext)).toBe(true);
});

test('a keyring serves age-encryption as an identity', async () => {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const blob = ed25519Blob(publicKey.export({ format: 'der', type: 'spki' }).subarray(-32));
  const pem = String(privateKey.export({ format: 'pem', type: 'pkcs8' }));
  const keyring = createKeyring([{ origin: 'id', bytes: Buffer.from(pem) }]);
  const identity: Identity = {
    unwrapFileKey: async (stanzas) => {
      const ours = stanzas.map(({ args: [type = '', ...args], body }) => ({ type, args, body }));
      return new Uint8Array(must(await keyring.openFileKey(ours, nobodyAnswers)));
    },
  };
  const decrypter = new Decrypter();
  decrypter.addIdentity(identity);
  const recipient = parseRecipient(`ssh-ed25519 ${blob.toString('base64')}`);
  const file = must(await encryptFile(plaintext, [recipient], { armor: false }));
  expect(Buffer.from(await decrypter.decrypt(file)).equals(plaintext)).toBe(true);
});

test('an empty passphrase and an impossible work factor are refused', async () => {
  expect(await encryptWithPassphrase(plaintext, Buffer.alloc(0), { armor: false })).toMatchObject({
    ok: false,
    error: { code: 'cannot-encrypt' },
  });
  const options = { armor: false, workFactor: 21 };
  await expect(encryptWithPassphrase(plaintext, Buffer.from('x'), options)).rejects.toThrow(RangeError);
});
