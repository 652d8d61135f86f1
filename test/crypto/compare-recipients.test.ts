import { createHash, createHmac, ECDH, generateKeyPairSync, randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Recipient } from '../../src/core/recipient.ts';
import type { Stanza } from '../../src/core/stanza.ts';
import { encodeBase64 } from '../../src/crypto/base64.ts';
import { encodeBech32 } from '../../src/crypto/bech32.ts';
import { compareRecipients } from '../../src/crypto/compare-recipients.ts';
import { encryptFile } from '../../src/crypto/encrypt-file.ts';
import { generateX25519 } from '../../src/crypto/generate-identity.ts';
import { parseHeader } from '../../src/crypto/parse-header.ts';
import { parseRecipient } from '../../src/crypto/parse-recipient.ts';
import { ed25519Blob } from '../../src/crypto/ssh/public-key.ts';
import { sshTag } from '../../src/crypto/tags.ts';
import { must } from './support.ts';

const sshKey = (): Recipient => {
  const der = generateKeyPairSync('ed25519').publicKey.export({ format: 'der', type: 'spki' });
  return parseRecipient(`ssh-ed25519 ${ed25519Blob(der.subarray(-32)).toString('base64')}`);
};
const x25519 = (): Recipient => generateX25519().recipient;
const stanzasOf = async (recipients: readonly Recipient[]): Promise<readonly Stanza[]> =>
  must(parseHeader(must(await encryptFile(Buffer.from('x'), recipients, { armor: false })))).stanzas;
const bech32 = (prefix: string, data: Uint8Array): Recipient =>
  parseRecipient(encodeBech32(prefix, data).toString('latin1'));
const point = (form: 'compressed' | 'uncompressed', of: Buffer): Buffer =>
  ECDH.convertKey(of, 'prime256v1', undefined, undefined, form) as Buffer;

/** Tags have 32 bits, so among some hundred thousand keys two share one. */
function findCollision(): { first: Recipient; second: Recipient; tag: string } {
  const seen = new Map<string, Buffer>();
  for (;;) {
    const blob = ed25519Blob(randomBytes(32));
    const tag = sshTag(blob);
    const other = seen.get(tag);
    const recipient = (bytes: Buffer) => parseRecipient(`ssh-ed25519 ${bytes.toString('base64')}`);
    if (other !== undefined) return { first: recipient(other), second: recipient(blob), tag };
    seen.set(tag, blob);
  }
}

const [alice, bob, carol] = [sshKey(), sshKey(), sshKey()];
const [dave, erin] = [x25519(), x25519()];
const nobody = { count: 0, of: [] };

describe('rules against a file, with ssh keys only', () => {
  test('the same keys, in any order and with a comment, match', async () => {
    const commented = parseRecipient(`${bob.id} bob@home`);
    const comparison = compareRecipients([commented, alice, alice], await stanzasOf([alice, bob]));
    expect(comparison).toEqual({
      verdict: 'match',
      matched: [alice.id, bob.id],
      extra: [],
      missing: [],
      missingAmong: nobody,
      unknown: 0,
      stanzaTypes: ['ssh-ed25519'],
    });
  });

  test('who is missing and who is extra is told by key and by tag', async () => {
    const stanzas = await stanzasOf([alice, carol]);
    expect(compareRecipients([alice, bob], stanzas)).toMatchObject({
      verdict: 'drift',
      matched: [alice.id],
      missing: [bob.id],
      extra: [{ kind: 'ssh-ed25519', tag: stanzas[1]?.args[0] }],
    });
  });

  test('any two sets differ by exactly their difference', async () => {
    const pool = [alice, bob, carol, sshKey(), sshKey()];
    const subset = fc.subarray(pool, { minLength: 1 });
    await fc.assert(
      fc.asyncProperty(subset, subset, async (declared, actual) => {
        const comparison = compareRecipients(declared, await stanzasOf(actual));
        const missing = declared.filter((one) => !actual.includes(one)).map((one) => one.id);
        expect(comparison.missing).toEqual(missing);
        expect(comparison.extra).toHaveLength(actual.filter((one) => !declared.includes(one)).length);
        expect(comparison.verdict).toBe(missing.length + comparison.extra.length > 0 ? 'drift' : 'match');
      }),
      { numRuns: 40 },
    );
  });
});

describe('anonymous X25519 readers are counted and never guessed', () => {
  test('an equal count is unknown, also when it is somebody else', async () => {
    for (const actual of [
      [dave, alice],
      [erin, alice],
    ]) {
      expect(compareRecipients([dave, alice], await stanzasOf(actual))).toMatchObject({
        verdict: 'unknown',
        matched: [alice.id],
        unknown: 1,
        extra: [],
        missing: [],
      });
    }
  });

  test('one too few names the candidates, none at all is proof', async () => {
    expect(compareRecipients([dave, erin, alice], await stanzasOf([dave, alice]))).toMatchObject({
      verdict: 'drift',
      missing: [],
      missingAmong: { count: 1, of: [dave.id, erin.id] },
    });
    expect(compareRecipients([dave, erin, alice], await stanzasOf([alice]))).toMatchObject({
      verdict: 'drift',
      missing: [dave.id, erin.id],
      missingAmong: nobody,
    });
  });

  test('one too many is an extra reader without a name', async () => {
    expect(compareRecipients([dave], await stanzasOf([dave, erin]))).toMatchObject({
      verdict: 'drift',
      extra: [{ kind: 'X25519' }],
      unknown: 1,
    });
  });

  test('hybrid keys are counted apart from X25519', () => {
    const hybrid: Recipient = bech32('age1pq', randomBytes(1216));
    const stanza: Stanza = { type: 'X25519', args: ['AA'], body: Buffer.alloc(32) };
    expect(compareRecipients([hybrid], [stanza])).toMatchObject({
      missing: [hybrid.id],
      extra: [{ kind: 'X25519' }],
    });
  });
});

describe('hardware keys are told by their tags', () => {
  const ecdh = generateKeyPairSync('ec', { namedCurve: 'prime256v1' }).publicKey;
  const { x = '', y = '' } = ecdh.export({ format: 'jwk' });
  const uncompressed = Buffer.concat([
    Buffer.from([4]),
    Buffer.from(x, 'base64url'),
    Buffer.from(y, 'base64url'),
  ]);
  const compressed = point('compressed', uncompressed);
  const hash4 = (bytes: Buffer) => createHash('sha256').update(bytes).digest().subarray(0, 4);
  const stanza = (type: string, ...args: string[]): Stanza => ({ type, args, body: Buffer.alloc(32) });

  test('a YubiKey by piv-p256 and an old TPM by tpm-ecc', () => {
    const yubikey = bech32('age1yubikey', compressed);
    const piv = stanza('piv-p256', encodeBase64(hash4(compressed)), 'AA');
    expect(compareRecipients([yubikey], [piv])).toMatchObject({ verdict: 'match', matched: [yubikey.id] });
    const tpm = bech32('age1tpm', compressed);
    const ecc = stanza('tpm-ecc', encodeBase64(hash4(uncompressed)), 'AA');
    expect(compareRecipients([tpm], [ecc])).toMatchObject({ verdict: 'match' });
    expect(compareRecipients([tpm], [piv])).toMatchObject({ verdict: 'drift', missing: [tpm.id] });
  });

  test('any P-256 plugin by p256tag', () => {
    const share = Buffer.concat([Buffer.from([4]), randomBytes(64)]);
    const mac = createHmac('sha256', 'age-encryption.org/p256tag')
      .update(share)
      .update(hash4(compressed))
      .digest();
    const tagged = stanza('p256tag', encodeBase64(mac.subarray(0, 4)), encodeBase64(share));
    for (const prefix of ['age1tag', 'age1yubikey', 'age1se', 'age1tpm']) {
      expect(compareRecipients([bech32(prefix, compressed)], [tagged]).verdict).toBe('match');
    }
    expect(compareRecipients([alice], [tagged])).toMatchObject({ extra: [{ kind: 'p256tag' }] });
  });

  test('tag recipients in files that age-encryption wrote', async () => {
    const tag = bech32('age1tag', compressed);
    expect(compareRecipients([tag, alice], await stanzasOf([tag, alice])).verdict).toBe('match');
    expect(compareRecipients([alice], await stanzasOf([tag, alice])).verdict).toBe('drift');
  });

  test('a FIDO2 token by what its stanza repeats of the recipient', () => {
    const salt = randomBytes(32);
    const credential = randomBytes(48);
    const data = Buffer.concat([Buffer.from([0, 2]), randomBytes(32), Buffer.from([1]), salt, credential]);
    const fido2 = bech32('age1fido2-hmac', data);
    const args = [Buffer.from([0, 2]), randomBytes(32), Buffer.from([1]), salt, credential].map(encodeBase64);
    expect(compareRecipients([fido2], [stanza('fido2-hmac', ...args)]).verdict).toBe('match');
    args[3] = encodeBase64(randomBytes(32));
    expect(compareRecipients([fido2], [stanza('fido2-hmac', ...args)]).verdict).toBe('drift');
  });
});

describe('what cannot be known stays unknown', () => {
  const opaque = bech32('age1sss', randomBytes(20));
  const strange: Stanza = { type: 'sss', args: ['x'], body: Buffer.alloc(8) };

  test('a plugin of which nothing is known, and stanzas of which nothing is known', () => {
    expect(compareRecipients([opaque], [strange])).toMatchObject({
      verdict: 'unknown',
      unknown: 1,
      extra: [],
    });
    expect(compareRecipients([], [strange])).toMatchObject({ verdict: 'unknown', unknown: 1, extra: [] });
  });

  test('too few stanzas for everybody is a proof even then', async () => {
    const stanzas = await stanzasOf([alice]);
    expect(compareRecipients([alice, opaque], stanzas)).toMatchObject({
      verdict: 'drift',
      missing: [opaque.id],
    });
    expect(compareRecipients([dave, opaque], await stanzasOf([dave]))).toMatchObject({
      verdict: 'drift',
      missing: [],
      missingAmong: { count: 1, of: [dave.id, opaque.id] },
    });
  });

  test('an X25519 stanza too many may be the plugin’s', async () => {
    const comparison = compareRecipients([dave, opaque], await stanzasOf([dave, erin]));
    expect(comparison).toMatchObject({ verdict: 'unknown', extra: [], unknown: 2 });
  });

  test('two keys with one tag are not told apart', () => {
    const { first, second, tag } = findCollision();
    const stanza: Stanza = { type: 'ssh-ed25519', args: [tag, 'AA'], body: Buffer.alloc(32) };
    expect(compareRecipients([first], [stanza]).verdict).toBe('match');
    expect(compareRecipients([second], [stanza]).verdict).toBe('match');
    expect(compareRecipients([first, second], [stanza])).toMatchObject({
      verdict: 'unknown',
      matched: [],
      missing: [],
      unknown: 1,
    });
  });

  test('a passphrase file has none of the declared readers', () => {
    const scrypt: Stanza = { type: 'scrypt', args: ['AA', '18'], body: Buffer.alloc(32) };
    expect(compareRecipients([alice, dave], [scrypt])).toMatchObject({
      verdict: 'drift',
      missing: [alice.id, dave.id],
      extra: [{ kind: 'scrypt' }],
    });
    expect(compareRecipients([alice], [scrypt, strange]).verdict).toBe('invalid');
  });
});
