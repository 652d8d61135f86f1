import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { base64Bytes, hexBytes } from '../../../src/crypto/generate/encode-secret.ts';
import { generate } from '../../../src/crypto/generate/generate.ts';
import { generateBytes, generateUuid } from '../../../src/crypto/generate/random-bytes.ts';
import { must } from '../support.ts';
import { chosenBytes } from './chosen-bytes.ts';

describe('random bytes', () => {
  it('are encoded as Node encodes them', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 70 }), (bytes) => {
        const own = Buffer.from(bytes);
        expect(hexBytes(bytes).toString()).toBe(own.toString('hex'));
        expect(base64Bytes(bytes).toString()).toBe(own.toString('base64'));
        expect(base64Bytes(bytes, 'url').toString()).toBe(own.toString('base64url'));
      }),
    );
  });

  it('are all used: every one shows in the text', () => {
    const bytes = Array.from({ length: 32 }, (_, index) => index * 7 + 1);
    const { secret } = must(generateBytes(32, 'hex', chosenBytes(bytes)));
    expect(Buffer.from(secret).toString()).toBe(Buffer.from(bytes).toString('hex'));
  });

  it.each([0, 2.5, 70_000])('of number %d are refused', (count) => {
    expect(generateBytes(count, 'hex')).toMatchObject({ ok: false, error: { code: 'usage' } });
  });
});

describe('a UUID', () => {
  it('is one of version 4, whatever the bytes', () => {
    for (const byte of [0, 255, 0x5a]) {
      expect(Buffer.from(generateUuid(chosenBytes([byte])).secret).toString()).toMatch(
        /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
      );
    }
    const bytes = Array.from({ length: 16 }, (_, index) => index);
    expect(Buffer.from(generateUuid(chosenBytes(bytes)).secret).toString()).toBe(
      '00010203-0405-4607-8809-0a0b0c0d0e0f',
    );
  });
});

it('every kind of secret is another each time', async () => {
  const requests = [
    { kind: 'password', length: 20, alphabet: 'abcdef' },
    { kind: 'hex', count: 16 },
    { kind: 'base64', count: 16 },
    { kind: 'base64url', count: 16 },
    { kind: 'uuid' },
    { kind: 'ssh-ed25519', comment: '' },
    { kind: 'ssh-rsa', bits: 2048, comment: 'x' },
    { kind: 'age' },
    { kind: 'wireguard' },
  ] as const;
  for (const request of requests) {
    const [one, other] = [must(await generate(request)), must(await generate(request))];
    expect(Buffer.compare(one.secret, other.secret)).not.toBe(0);
    expect(one.publicLine === undefined || one.publicLine !== other.publicLine).toBe(true);
  }
});
