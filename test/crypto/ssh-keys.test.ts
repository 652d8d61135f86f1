import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createKeyring } from '../../src/crypto/create-keyring.ts';
import { decryptFile } from '../../src/crypto/decrypt-file.ts';
import { encryptFile } from '../../src/crypto/encrypt-file.ts';
import { parseRecipient } from '../../src/crypto/parse-recipient.ts';
import { describeWithPeers } from '../support/peers.ts';
import { answering, must, nobodyAnswers } from './support.ts';

const passphrase = 'correct horse';
const plaintext = Buffer.from('battery staple\n');

/** Everything `ssh-keygen -Z` accepts for a key file. */
const ciphers = [
  'aes128-ctr',
  'aes192-ctr',
  'aes256-ctr',
  'aes128-cbc',
  'aes192-cbc',
  'aes256-cbc',
  '3des-cbc',
  'aes128-gcm@openssh.com',
  'aes256-gcm@openssh.com',
  'chacha20-poly1305@openssh.com',
];

describeWithPeers('private keys written by ssh-keygen', ['ssh-keygen'], () => {
  let directory = '';
  beforeAll(() => {
    directory = mkdtempSync(join(tmpdir(), 'keyhole-ssh-'));
  });
  afterAll(() => rmSync(directory, { recursive: true, force: true }));

  let count = 0;
  function keygen(...options: string[]) {
    const path = join(directory, `key${count++}`);
    execFileSync('ssh-keygen', ['-q', '-C', 'me@here', '-f', path, ...options]);
    const publicKeyFile = readFileSync(`${path}.pub`);
    return {
      bytes: readFileSync(path),
      publicKeyFile,
      recipient: parseRecipient(publicKeyFile.toString('utf8')),
    };
  }
  const sealed = async (recipient: ReturnType<typeof keygen>['recipient']) =>
    must(await encryptFile(plaintext, [recipient], { armor: false }));

  test.each(['ed25519', 'rsa'])('a plain %s key opens without a question', async (type) => {
    const key = keygen('-t', type, '-N', '');
    const keyring = createKeyring([{ origin: 'id', bytes: key.bytes }]);
    expect(keyring.statuses()).toEqual([
      { origin: 'id', kind: `ssh-${type}`, recipient: key.recipient.id, lock: 'open' },
    ]);
    expect(must(await decryptFile(await sealed(key.recipient), keyring, nobodyAnswers))).toEqual(plaintext);
  });

  test.each(ciphers.flatMap((cipher) => ['ed25519', 'rsa'].map((type) => ({ cipher, type }))))(
    '$type under $cipher asks once and stays open',
    async ({ cipher, type }) => {
      const key = keygen(
        '-t',
        type,
        ...(type === 'rsa' ? ['-b', '2048'] : []),
        '-N',
        passphrase,
        '-Z',
        cipher,
      );
      const keyring = createKeyring([{ origin: 'id', bytes: key.bytes }]);
      expect(keyring.statuses()).toMatchObject([{ recipient: key.recipient.id, lock: 'needs-passphrase' }]);
      const file = await sealed(key.recipient);
      const { ask, asked } = answering('wrong', passphrase);
      expect(must(await decryptFile(file, keyring, ask))).toEqual(plaintext);
      expect(asked.map((request) => request.attempt)).toEqual([1, 2]);
      expect(keyring.statuses()).toMatchObject([{ lock: 'open' }]);
      expect(must(await decryptFile(file, keyring, nobodyAnswers))).toEqual(plaintext);
    },
  );

  test('many bcrypt rounds are asked for with their cost, and can be stopped', async () => {
    const key = keygen('-t', 'ed25519', '-N', passphrase, '-a', '200');
    const keyring = createKeyring([{ origin: 'id', bytes: key.bytes }]);
    const { ask, asked } = answering(passphrase);
    const opening = decryptFile(await sealed(key.recipient), keyring, ask);
    await expect.poll(() => asked).toMatchObject([{ cost: { seconds: 3, mebibytes: 0 } }]);
    keyring.stopUnlocking();
    expect(await opening).toMatchObject({ ok: false, error: { code: 'stopped' } });
    // It was only stopped: the key is neither broken nor open.
    expect(keyring.statuses()).toMatchObject([{ lock: 'needs-passphrase' }]);
  });

  test('many bcrypt rounds are done, far too many are refused before anybody is asked', async () => {
    const key = keygen('-t', 'ed25519', '-N', passphrase, '-a', '3');
    const keyring = createKeyring([{ origin: 'id', bytes: key.bytes }]);
    const { ask } = answering(passphrase);
    expect(must(await decryptFile(await sealed(key.recipient), keyring, ask))).toEqual(plaintext);

    const text = key.bytes.toString('latin1').split('\n').slice(1, -2).join('');
    const container = Buffer.from(text, 'base64');
    const rounds = container.indexOf(Buffer.from([0, 0, 0, 16]), 40) + 4 + 16;
    expect(container.readUInt32BE(rounds)).toBe(3);
    container.writeUInt32BE(4_000_000, rounds);
    const bomb = `-----BEGIN OPENSSH PRIVATE KEY-----\n${container.toString('base64')}\n-----END OPENSSH PRIVATE KEY-----\n`;
    expect(createKeyring([{ origin: 'id', bytes: Buffer.from(bomb) }]).statuses()).toMatchObject([
      { lock: 'unusable', error: { says: expect.stringContaining('4000000 rounds') } },
    ]);
  });

  test.each([
    ['PKCS#1', ['-t', 'rsa', '-m', 'PEM']],
    ['PKCS#8', ['-t', 'rsa', '-m', 'PKCS8']],
  ])('a plain %s file', async (_, options) => {
    const key = keygen(...options, '-N', '');
    const keyring = createKeyring([{ origin: 'id', bytes: key.bytes }]);
    expect(keyring.statuses()).toMatchObject([
      { kind: 'ssh-rsa', recipient: key.recipient.id, lock: 'open' },
    ]);
    expect(must(await decryptFile(await sealed(key.recipient), keyring, nobodyAnswers))).toEqual(plaintext);
  });

  test.each([
    ['PKCS#1', ['-t', 'rsa', '-m', 'PEM']],
    ['PKCS#8', ['-t', 'rsa', '-m', 'PKCS8']],
  ])('an encrypted %s file opens with its .pub beside it, and says so without', async (_, options) => {
    const key = keygen(...options, '-N', passphrase);
    const alone = createKeyring([{ origin: 'id', bytes: key.bytes }]);
    expect(alone.statuses()).toMatchObject([
      { lock: 'unusable', error: { hint: expect.stringContaining('id.pub') } },
    ]);

    const keyring = createKeyring([{ origin: 'id', bytes: key.bytes, publicKeyFile: key.publicKeyFile }]);
    expect(keyring.statuses()).toMatchObject([{ recipient: key.recipient.id, lock: 'needs-passphrase' }]);
    const { ask, asked } = answering('wrong', passphrase);
    expect(must(await decryptFile(await sealed(key.recipient), keyring, ask))).toEqual(plaintext);
    expect(asked).toHaveLength(2);
  });

  test('a PKCS#8 key with far too many iterations is refused before anybody is asked', () => {
    const key = keygen('-t', 'rsa', '-m', 'PKCS8', '-N', passphrase);
    const lines = key.bytes.toString('latin1').trim().split('\n');
    const der = Buffer.from(lines.slice(1, -1).join(''), 'base64');
    const iterations = Buffer.from([0x02, 0x02, 0x08, 0x00]); // 2,048
    const at = der.indexOf(iterations);
    expect(at).toBeGreaterThan(0);
    const statusesOf = (content: Uint8Array) => {
      const text = `${lines[0]}\n${Buffer.from(content).toString('base64')}\n${lines.at(-1)}\n`;
      const { publicKeyFile } = key;
      return createKeyring([{ origin: 'id', bytes: Buffer.from(text), publicKeyFile }]).statuses();
    };
    expect(statusesOf(der)).toMatchObject([{ lock: 'needs-passphrase' }]);
    // Two bytes more in each of the four sequences around the number; the outermost has a length of two bytes.
    const grown = Buffer.concat([
      der.subarray(0, at),
      Buffer.from([0x02, 0x04, 0x7f, 0xff, 0xff, 0xff]),
      der.subarray(at + iterations.length),
    ]);
    grown.writeUInt16BE(grown.readUInt16BE(2) + 2, 2);
    for (let place = 4; place < at; ) {
      const isSequence = grown[place] === 0x30;
      if (isSequence) grown[place + 1] = (grown[place + 1] ?? 0) + 2;
      place += 2 + (isSequence ? 0 : (grown[place + 1] ?? 0));
    }
    expect(statusesOf(grown)).toMatchObject([
      { lock: 'unusable', error: { says: expect.stringContaining('too much work') } },
    ]);
    expect(statusesOf(Buffer.alloc(100, 0x30))).toMatchObject([
      { lock: 'unusable', error: { says: 'malformed pkcs#8 key' } },
    ]);
  });

  test("somebody else's .pub beside a key is found out and the key never used", async () => {
    const key = keygen('-t', 'rsa', '-m', 'PEM', '-N', passphrase);
    const other = keygen('-t', 'rsa', '-N', '');
    const keyring = createKeyring([{ origin: 'id', bytes: key.bytes, publicKeyFile: other.publicKeyFile }]);
    const { ask } = answering(passphrase);
    const outcome = await decryptFile(await sealed(other.recipient), keyring, ask);
    expect(outcome).toMatchObject({ ok: false, error: { code: 'bad-identity', where: 'id' } });
    expect(keyring.statuses()).toMatchObject([{ lock: 'unusable' }]);
  });

  test.each([
    ['ecdsa', ['-t', 'ecdsa']],
    ['a short rsa key', ['-t', 'rsa', '-b', '1024']],
  ])('%s has a line in the status and hurts nobody', async (_, options) => {
    const useless = keygen(...options, '-N', '');
    const good = keygen('-t', 'ed25519', '-N', '');
    expect(useless.recipient.kind).toBe('unsupported');
    const keyring = createKeyring([
      { origin: 'useless', bytes: useless.bytes },
      { origin: 'good', bytes: good.bytes },
    ]);
    expect(keyring.statuses()).toMatchObject([
      { origin: 'useless', lock: 'unusable', error: { code: 'bad-identity' } },
      { origin: 'good', lock: 'open' },
    ]);
    expect(must(await decryptFile(await sealed(good.recipient), keyring, nobodyAnswers))).toEqual(plaintext);
  });

  test('nobody is asked for a key that the file does not mention', async () => {
    const key = keygen('-t', 'ed25519', '-N', passphrase);
    const other = keygen('-t', 'ed25519', '-N', '');
    const keyring = createKeyring([{ origin: 'id', bytes: key.bytes }]);
    const { ask, asked } = answering(passphrase);
    const outcome = await decryptFile(await sealed(other.recipient), keyring, ask);
    expect(outcome).toMatchObject({ ok: false, error: { code: 'no-key' } });
    expect(asked).toEqual([]);
  });
});
