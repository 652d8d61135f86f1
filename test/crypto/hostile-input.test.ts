import { generateKeyPairSync } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { errorCodes } from '../../src/core/error-codes.ts';
import { encodeArmor } from '../../src/crypto/age/armor.ts';
import { decodeBech32, encodeBech32 } from '../../src/crypto/bech32.ts';
import { createKeyring } from '../../src/crypto/create-keyring.ts';
import { decryptFile } from '../../src/crypto/decrypt-file.ts';
import { encryptFile } from '../../src/crypto/encrypt-file.ts';
import { generateX25519 } from '../../src/crypto/generate-identity.ts';
import { parseRecipient } from '../../src/crypto/parse-recipient.ts';
import { ed25519Blob } from '../../src/crypto/ssh/public-key.ts';
import { wireString } from '../../src/crypto/ssh/wire.ts';
import { must, nobodyAnswers } from './support.ts';

/** An unencrypted OpenSSH key file, put together by hand so that these tests need no ssh-keygen. */
function opensshKey(): { pem: (container: Uint8Array) => Buffer; container: Buffer; publicLine: string } {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const seed = privateKey.export({ format: 'der', type: 'pkcs8' }).subarray(-32);
  const point = publicKey.export({ format: 'der', type: 'spki' }).subarray(-32);
  const blob = ed25519Blob(point);
  const words = [blob, wireString(Buffer.concat([seed, point])), wireString(Buffer.from('me'))];
  const section = Buffer.concat([Buffer.alloc(8, 7), ...words]);
  const padding = Buffer.from([1, 2, 3, 4, 5, 6, 7]).subarray(0, (8 - (section.length % 8)) % 8);
  const none = wireString(Buffer.from('none'));
  const one = Buffer.from([0, 0, 0, 1]);
  const fields = [none, none, wireString(Buffer.alloc(0)), one, wireString(blob)];
  const container = Buffer.concat([
    Buffer.from('openssh-key-v1\0'),
    ...fields,
    wireString(Buffer.concat([section, padding])),
  ]);
  const pem = (bytes: Uint8Array): Buffer => {
    const lines =
      Buffer.from(bytes)
        .toString('base64')
        .match(/.{1,70}/g) ?? [];
    const label = 'OPENSSH PRIVATE KEY';
    return Buffer.from([`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ''].join('\n'));
  };
  return { pem, container, publicLine: `ssh-ed25519 ${blob.toString('base64')}` };
}

/** One edit of some bytes: a flip, a cut, a repetition or an insertion. */
const edit = fc.record({
  how: fc.constantFrom('flip', 'cut', 'repeat', 'insert'),
  at: fc.nat({ max: 1 << 16 }),
  byte: fc.integer({ min: 1, max: 255 }),
});

function apply(bytes: Buffer, { how, at, byte }: { how: string; at: number; byte: number }): Buffer {
  const position = at % bytes.length;
  const [before, after] = [bytes.subarray(0, position), bytes.subarray(position)];
  if (how === 'flip') return Buffer.from(bytes.map((old, i) => (i === position ? old ^ byte : old)));
  if (how === 'cut') return before;
  if (how === 'repeat') return Buffer.concat([before, after, after]);
  return Buffer.concat([before, Buffer.from([byte]), after]);
}

const age = generateX25519();
const ssh = opensshKey();
const keyring = createKeyring([
  { origin: 'age', bytes: age.identity },
  { origin: 'ssh', bytes: ssh.pem(ssh.container) },
]);

test('the key made by hand is a good one', async () => {
  expect(keyring.statuses().map((status) => status.lock)).toEqual(['open', 'open']);
  const file = must(await encryptFile(Buffer.from('x'), [parseRecipient(ssh.publicLine)], { armor: false }));
  expect(must(await decryptFile(file, keyring, nobodyAnswers))).toEqual(Buffer.from('x'));
});

test('an edited file never opens to something else, and always answers', async () => {
  const plaintext = Buffer.from('battery staple '.repeat(20));
  const recipients = [age.recipient, parseRecipient(ssh.publicLine), generateX25519().recipient];
  const binary = Buffer.from(must(await encryptFile(plaintext, recipients, { armor: false })));
  const forms = fc.constantFrom(binary, encodeArmor(binary));
  await fc.assert(
    fc.asyncProperty(forms, fc.array(edit, { minLength: 1, maxLength: 3 }), async (file, edits) => {
      const outcome = await decryptFile(edits.reduce(apply, file), keyring, nobodyAnswers);
      if (outcome.ok) expect(outcome.value).toEqual(plaintext);
      else expect(Object.keys(errorCodes)).toContain(outcome.error.code);
    }),
    { numRuns: 1500 },
  );
});

test('an edited ssh key is unusable or still the same key', async () => {
  const file = must(await encryptFile(Buffer.from('x'), [parseRecipient(ssh.publicLine)], { armor: false }));
  await fc.assert(
    fc.asyncProperty(edit, async (one) => {
      const edited = createKeyring([{ origin: 'ssh', bytes: ssh.pem(apply(ssh.container, one)) }]);
      const outcome = await decryptFile(file, edited, nobodyAnswers);
      if (!outcome.ok) expect(['no-key', 'bad-identity', 'damaged']).toContain(outcome.error.code);
    }),
    { numRuns: 500 },
  );
});

test('any bytes at all make a keyring with something to say', () => {
  const starts = [
    '',
    '-----BEGIN OPENSSH PRIVATE KEY-----\n',
    '-----BEGIN PRIVATE KEY-----\n',
    'age-encryption.org/v1\n',
  ];
  fc.assert(
    fc.property(fc.constantFrom(...starts), fc.uint8Array({ maxLength: 300 }), (start, bytes) => {
      const made = createKeyring([{ origin: 'x', bytes: Buffer.concat([Buffer.from(start), bytes]) }]);
      expect(made.statuses().length).toBeGreaterThan(0);
      expect(made.statuses().every((status) => status.lock === 'unusable')).toBe(true);
    }),
    { numRuns: 500 },
  );
});

test('any text is a recipient of some kind, and only age and ssh keys are usable ones', () => {
  const prefix = fc.constantFrom('', 'age1', 'ssh-ed25519 ', 'ssh-rsa AAAA', 'AGE-SECRET-KEY-1');
  fc.assert(
    fc.property(prefix, fc.string({ unit: 'binary' }), (start, text) => {
      expect(parseRecipient(start + text).kind).toBe('unsupported');
    }),
    { numRuns: 1000 },
  );
});

test('bech32 returns what went in and notices every single change', () => {
  const prefix = fc.constantFrom('age', 'age1pq', 'age-secret-key-');
  fc.assert(
    fc.property(
      prefix,
      fc.uint8Array({ maxLength: 80 }),
      fc.nat(),
      fc.nat({ max: 30 }),
      (hrp, data, at, by) => {
        const text = encodeBech32(hrp, data);
        expect(decodeBech32(text)).toEqual({ prefix: hrp, data: Buffer.from(data) });
        const charset = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l';
        const position = hrp.length + 1 + (at % (text.length - hrp.length - 1));
        const old = charset.indexOf(String.fromCharCode(text[position] ?? 0));
        text[position] = charset.charCodeAt((old + 1 + by) % 32);
        expect(decodeBech32(text)).toBeNull();
      },
    ),
  );
});
