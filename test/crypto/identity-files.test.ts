import { generateKeyPairSync } from 'node:crypto';
import { generateHybridIdentity, identityToRecipient } from 'age-encryption';
import { describe, expect, test } from 'vitest';
import { encodeBech32 } from '../../src/crypto/bech32.ts';
import { createKeyring } from '../../src/crypto/create-keyring.ts';
import { decryptFile } from '../../src/crypto/decrypt-file.ts';
import { encryptFile, encryptWithPassphrase } from '../../src/crypto/encrypt-file.ts';
import { generateX25519 } from '../../src/crypto/generate-identity.ts';
import { parseHeader } from '../../src/crypto/parse-header.ts';
import { parseRecipient } from '../../src/crypto/parse-recipient.ts';
import { ed25519Blob } from '../../src/crypto/ssh/public-key.ts';
import { answering, must, nobodyAnswers } from './support.ts';

const plaintext = Buffer.from('battery staple');
const textOf = (identity: Uint8Array): string => Buffer.from(identity).toString('latin1');
const source = (text: string | Uint8Array, origin = 'keys.txt') => ({ origin, bytes: Buffer.from(text) });
const sealFor = async (recipient: ReturnType<typeof parseRecipient>) =>
  must(await encryptFile(plaintext, [recipient], { armor: true }));

describe('an age identity file', () => {
  test('holds several keys between comments and empty lines, with LF or CRLF', async () => {
    const [first, second] = [generateX25519(), generateX25519()];
    const text = `# created: today\r\n\r\n${textOf(first.identity)}\r\n# other\n  ${textOf(second.identity)}`;
    const keyring = createKeyring([source(text)]);
    expect(keyring.statuses()).toEqual(
      [first, second].map((key) => ({
        origin: 'keys.txt',
        kind: 'x25519',
        recipient: key.recipient.id,
        lock: 'open',
      })),
    );
    for (const key of [first, second]) {
      expect(must(await decryptFile(await sealFor(key.recipient), keyring, nobodyAnswers))).toEqual(
        plaintext,
      );
    }
  });

  test('holds post-quantum keys, which open what age-encryption wrote', async () => {
    const identity = await generateHybridIdentity();
    const recipient = parseRecipient(await identityToRecipient(identity));
    const keyring = createKeyring([source(`${identity}\n`)]);
    expect(keyring.statuses()).toEqual([{ origin: 'keys.txt', kind: 'hybrid', lock: 'open' }]);
    await keyring.learnPublicHalves();
    expect(keyring.statuses()).toMatchObject([{ recipient: recipient.id }]);
    const file = await sealFor(recipient);
    expect(keyring.readable(must(parseHeader(file)).stanzas)).toBe('unknown');
    expect(must(await decryptFile(file, keyring, nobodyAnswers))).toEqual(plaintext);
    const other = parseRecipient(await identityToRecipient(await generateHybridIdentity()));
    const foreign = await decryptFile(await sealFor(other), keyring, nobodyAnswers);
    expect(foreign).toMatchObject({ ok: false, error: { code: 'no-key' } });
  });

  test('a line that is no key names its number, never its text, and the others work', async () => {
    const key = generateX25519();
    const broken = `${textOf(key.identity).slice(0, -1)}X`;
    const keyring = createKeyring([
      source(`${broken}\n${key.recipient.id}\n${textOf(key.identity)}\nhunter2\n`),
    ]);
    const statuses = keyring.statuses();
    expect(statuses.map((status) => status.lock)).toEqual(['unusable', 'unusable', 'open', 'unusable']);
    expect(statuses[1]?.error).toMatchObject({
      where: 'keys.txt:2',
      says: expect.stringContaining('public key'),
    });
    expect(JSON.stringify(statuses)).toContain(key.recipient.id);
    expect(JSON.stringify(statuses)).not.toContain('hunter2');
    expect(JSON.stringify(statuses)).not.toContain(broken.slice(20, 40));
    expect(must(await decryptFile(await sealFor(key.recipient), keyring, nobodyAnswers))).toEqual(plaintext);
  });

  test('a file without any key is one line, however long it is', () => {
    const keyring = createKeyring([source('hello\n'.repeat(10_000), 'notes.txt')]);
    expect(keyring.statuses()).toMatchObject([
      { origin: 'notes.txt', error: { says: 'no private key in this file' } },
    ]);
  });

  test('a plugin key is listed and honestly said not to decrypt', async () => {
    const line = encodeBech32('age-plugin-yubikey-', Buffer.alloc(9, 1)).toString('latin1').toUpperCase();
    const keyring = createKeyring([source(line), source('', 'empty.txt')]);
    expect(keyring.statuses()).toMatchObject([
      {
        kind: 'plugin',
        lock: 'unusable',
        error: { code: 'unsupported', says: expect.stringContaining('yubikey') },
      },
      { origin: 'empty.txt', lock: 'unusable', error: { code: 'bad-identity' } },
    ]);
    const outcome = await decryptFile(await sealFor(generateX25519().recipient), keyring, nobodyAnswers);
    expect(outcome).toMatchObject({
      ok: false,
      error: { code: 'no-key', hint: expect.stringContaining('plugin') },
    });
  });
});

describe('an identity file behind a passphrase', () => {
  const key = generateX25519();
  const locked = async (content: string | Uint8Array = key.identity, armor = false) =>
    must(
      await encryptWithPassphrase(Buffer.from(content), Buffer.from('correct horse'), {
        armor,
        workFactor: 4,
      }),
    );

  test.each([false, true])('asks once for the session (armored: %s)', async (armor) => {
    const keyring = createKeyring([source(await locked(key.identity, armor), 'keys.age')]);
    const file = await sealFor(key.recipient);
    expect(keyring.readable(must(parseHeader(file)).stanzas)).toBe('unknown');
    const { ask, asked } = answering('wrong', 'correct horse');
    expect(must(await decryptFile(file, keyring, ask))).toEqual(plaintext);
    expect(must(await decryptFile(file, keyring, ask))).toEqual(plaintext);
    expect(asked).toEqual([
      { origin: 'keys.age', kind: 'encrypted-file', attempt: 1 },
      { origin: 'keys.age', kind: 'encrypted-file', attempt: 2 },
    ]);
  });

  test('may hold a post-quantum key, whose public half is known once it is open', async () => {
    const identity = await generateHybridIdentity();
    const recipient = parseRecipient(await identityToRecipient(identity));
    const keyring = createKeyring([source(await locked(identity))]);
    await keyring.learnPublicHalves();
    expect(keyring.statuses()).toEqual([
      { origin: 'keys.txt', kind: 'encrypted-file', lock: 'needs-passphrase' },
    ]);
    const { ask } = answering('correct horse');
    expect(must(await decryptFile(await sealFor(recipient), keyring, ask))).toEqual(plaintext);
    await keyring.learnPublicHalves();
    expect(keyring.statuses()).toMatchObject([{ kind: 'hybrid', recipient: recipient.id }]);
  });

  test('two files opened at once ask once', async () => {
    const keyring = createKeyring([source(await locked())]);
    const file = await sealFor(key.recipient);
    const { ask, asked } = answering('correct horse');
    const opened = await Promise.all([decryptFile(file, keyring, ask), decryptFile(file, keyring, ask)]);
    expect(opened.map(must)).toEqual([plaintext, plaintext]);
    expect(asked).toHaveLength(1);
  });

  test('is asked for after every key that needs no answer', async () => {
    const open = generateX25519();
    const keyring = createKeyring([source(await locked()), source(open.identity)]);
    const { ask, asked } = answering('correct horse');
    expect(must(await decryptFile(await sealFor(open.recipient), keyring, ask))).toEqual(plaintext);
    expect(asked).toEqual([]);
  });

  test('three wrong answers are an error, no answer is another, and both leave it locked', async () => {
    const keyring = createKeyring([source(await locked(), 'keys.age')]);
    const file = await sealFor(key.recipient);
    const { ask, asked } = answering('a', 'b', 'c', 'd');
    expect(await decryptFile(file, keyring, ask)).toMatchObject({
      ok: false,
      error: { code: 'wrong-passphrase' },
    });
    expect(asked).toHaveLength(3);
    expect(await decryptFile(file, keyring, nobodyAnswers)).toMatchObject({
      ok: false,
      error: { code: 'needs-prompt', where: 'keys.age' },
    });
    expect(keyring.statuses()).toMatchObject([{ lock: 'needs-passphrase' }]);
  });

  test('answers are overwritten after use', async () => {
    const keyring = createKeyring([source(await locked())]);
    const given: Uint8Array[] = [];
    const ask = async () => {
      const answer = Buffer.from(given.length === 0 ? 'wrong' : 'correct horse');
      given.push(answer);
      return answer;
    };
    must(await decryptFile(await sealFor(key.recipient), keyring, ask));
    expect(given.map((bytes) => bytes.every((byte) => byte === 0))).toEqual([true, true]);
  });

  test('a file for keys, a work factor bomb and a damaged file are lines in the status', async () => {
    const bomb = Buffer.from(textOf(await locked()).replace(/^(-> scrypt \S+) 4$/m, '$1 23'), 'latin1');
    const keyring = createKeyring([
      source(await sealFor(key.recipient), 'for-keys.age'),
      source(bomb, 'bomb.age'),
      source('age-encryption.org/v1\n', 'cut.age'),
    ]);
    expect(keyring.statuses()).toMatchObject([
      { origin: 'for-keys.age', lock: 'unusable', error: { code: 'unsupported' } },
      {
        origin: 'bomb.age',
        lock: 'unusable',
        error: { code: 'refused', says: expect.stringContaining('23') },
      },
      { origin: 'cut.age', lock: 'unusable', error: { code: 'damaged' } },
    ]);
  });
});

describe('ed25519 in PKCS#8', () => {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const point = publicKey.export({ format: 'der', type: 'spki' }).subarray(-32);
  const line = `ssh-ed25519 ${ed25519Blob(point).toString('base64')} me`;

  test('plain and encrypted', async () => {
    const file = await sealFor(parseRecipient(line));
    const plain = createKeyring([source(String(privateKey.export({ format: 'pem', type: 'pkcs8' })))]);
    expect(must(await decryptFile(file, plain, nobodyAnswers))).toEqual(plaintext);
    expect(plain.readable(must(parseHeader(file)).stanzas)).toBe('yes');

    const options = {
      format: 'pem',
      type: 'pkcs8',
      cipher: 'aes-256-cbc',
      passphrase: 'correct horse',
    } as const;
    const bytes = Buffer.from(String(privateKey.export(options)));
    const locked = createKeyring([{ origin: 'id', bytes, publicKeyFile: Buffer.from(`${line}\n`) }]);
    expect(locked.readable(must(parseHeader(file)).stanzas)).toBe('yes');
    const { ask } = answering('correct horse');
    expect(must(await decryptFile(file, locked, ask))).toEqual(plaintext);
  });
});
