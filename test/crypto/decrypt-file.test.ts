import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { Outcome } from '../../src/core/outcome.ts';
import type { Recipient } from '../../src/core/recipient.ts';
import { encodeBech32 } from '../../src/crypto/bech32.ts';
import { createKeyring } from '../../src/crypto/create-keyring.ts';
import { decryptFile } from '../../src/crypto/decrypt-file.ts';
import { encryptFile } from '../../src/crypto/encrypt-file.ts';
import { generateX25519 } from '../../src/crypto/generate-identity.ts';
import type { Keyring } from '../../src/crypto/keyring.ts';
import { parseHeader } from '../../src/crypto/parse-header.ts';
import { parseRecipient } from '../../src/crypto/parse-recipient.ts';
import { must, nobodyAnswers } from './support.ts';

const fileWith = (identity: Uint8Array) => ({ origin: 'keys.txt', bytes: identity });

const codeOf = (outcome: Outcome<unknown>): string => (outcome.ok ? 'ok' : outcome.error.code);

describe('a file for an X25519 key', () => {
  const alice = generateX25519();
  const bob = generateX25519();
  const keyring = createKeyring([fileWith(alice.identity)]);
  const seal = async (plaintext: Uint8Array, to: readonly Recipient[], armor = false) =>
    must(await encryptFile(plaintext, to, { armor }));

  test.each([0, 1, 65535, 65536, 65537, 3 * 65536, 200_000])('comes back whole at %i bytes', async (size) => {
    const plaintext = randomBytes(size);
    for (const armor of [false, true]) {
      const file = await seal(plaintext, [bob.recipient, alice.recipient], armor);
      expect(must(await decryptFile(file, keyring, nobodyAnswers))).toEqual(plaintext);
    }
  });

  test('every flipped byte and every cut is refused with a code and never opens', async () => {
    const file = await seal(Buffer.from('correct horse'), [alice.recipient, bob.recipient]);
    for (let i = 0; i < file.length; i++) {
      const flipped = Uint8Array.from(file, (byte, at) => (at === i ? byte ^ 1 : byte));
      for (const broken of [flipped, file.subarray(0, i)]) {
        const outcome = await decryptFile(broken, keyring, nobodyAnswers);
        expect(['damaged', 'no-key', 'unsupported']).toContain(codeOf(outcome));
      }
    }
  });

  test('somebody else opens nothing and is told what the file wants', async () => {
    const outcome = await decryptFile(await seal(Buffer.from('x'), [bob.recipient]), keyring, nobodyAnswers);
    expect(outcome).toMatchObject({
      ok: false,
      error: { code: 'no-key', says: expect.stringContaining('X25519') },
    });
  });

  test('the file key is overwritten, whether the file opens or not', async () => {
    const file = await seal(Buffer.from('x'), [alice.recipient]);
    const cut = file.subarray(0, file.length - 1);
    for (const one of [file, cut]) {
      const lent: Uint8Array[] = [];
      let wasZero = true;
      const watched: Keyring = {
        ...keyring,
        openFileKey: async (stanzas, ask) => {
          const opened = await keyring.openFileKey(stanzas, ask);
          lent.push(must(opened));
          wasZero = must(opened).every((byte) => byte === 0);
          return opened;
        },
      };
      await decryptFile(one, watched, nobodyAnswers);
      expect(wasZero).toBe(false);
      expect(lent.map((bytes) => bytes.every((byte) => byte === 0))).toEqual([true]);
    }
  });

  test('a forgotten key opens nothing', async () => {
    const forgetful = createKeyring([fileWith(alice.identity)]);
    forgetful.wipe();
    const file = await seal(Buffer.from('x'), [alice.recipient]);
    expect(codeOf(await decryptFile(file, forgetful, nobodyAnswers))).toBe('no-key');
    expect(forgetful.statuses()).toEqual([]);
  });
});

describe('encryption refuses', () => {
  const { recipient } = generateX25519();
  const ed25519 = (point: string): Recipient => {
    const blob = Buffer.from(`0000000b7373682d6564323535313900000020${point}`, 'hex');
    return parseRecipient(`ssh-ed25519 ${blob.toString('base64')}`);
  };

  test.each([
    ['nobody', [], 'cannot-encrypt'],
    ['a placeholder', [recipient, parseRecipient('TODO')], 'bad-recipient'],
    [
      'a plugin key',
      [parseRecipient('age1yubikey1qwt50d05nh5vutpdzmlg5wn80xq5negm4uj9ghv0snvdd3yysf5yw3rhl3t')],
      'cannot-encrypt',
    ],
    ['the neutral point', [ed25519(`01${'00'.repeat(31)}`)], 'bad-recipient'],
    ['a point of order two', [ed25519(`ec${'ff'.repeat(30)}7f`)], 'bad-recipient'],
    ['no point at all', [ed25519(`02${'00'.repeat(31)}`)], 'bad-recipient'],
  ])('%s', async (_, to, code) => {
    expect(codeOf(await encryptFile(Buffer.from('x'), to, { armor: false }))).toBe(code);
  });

  test.each([
    ['an X25519 key of low order', 'age', Buffer.alloc(32)],
    ['a post-quantum key without an X25519 half', 'age1pq', Buffer.alloc(1216)],
    ['a hardware key that is no point', 'age1tag', Buffer.alloc(33, 0xff)],
    ['a post-quantum hardware key that is no point', 'age1tagpq', Buffer.alloc(1249, 0xff)],
  ])('%s, and says which key it is', async (_, prefix, data) => {
    const unusable = parseRecipient(encodeBech32(prefix, data).toString('latin1'));
    const good = unusable.kind === 'hybrid' || unusable.kind === 'tagpq' ? [] : [recipient];
    expect(await encryptFile(Buffer.from('x'), [...good, unusable], { armor: false })).toMatchObject({
      error: { code: 'bad-recipient', where: unusable.id },
    });
  });

  test('one key written twice is one recipient', async () => {
    const shout = parseRecipient(recipient.id.toUpperCase());
    const file = must(await encryptFile(Buffer.from('x'), [recipient, shout], { armor: true }));
    expect(must(parseHeader(file)).stanzas).toHaveLength(1);
  });
});
