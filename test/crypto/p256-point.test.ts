import { ECDH, generateKeyPairSync } from 'node:crypto';
import { expect, test } from 'vitest';
import { p256Forms } from '../../src/crypto/p256-point.ts';

function randomPoint(): Buffer {
  const { x = '', y = '' } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' }).publicKey.export({
    format: 'jwk',
  });
  return Buffer.concat([Buffer.from([4]), Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')]);
}

test('both forms of a point are those that OpenSSL makes', () => {
  for (let i = 0; i < 50; i++) {
    const uncompressed = randomPoint();
    const compressed = ECDH.convertKey(
      uncompressed,
      'prime256v1',
      undefined,
      undefined,
      'compressed',
    ) as Buffer;
    expect(p256Forms(uncompressed)).toEqual({ compressed, uncompressed });
    expect(p256Forms(compressed)).toEqual({ compressed, uncompressed });
  }
});

test('what is no point of the curve has no form', () => {
  const good = randomPoint();
  const offCurve = Buffer.from(good);
  offCurve[64] = (offCurve[64] ?? 0) ^ 1;
  const beyond = Buffer.concat([Buffer.from([2]), Buffer.alloc(32, 0xff)]);
  for (const bad of [offCurve, beyond, good.subarray(0, 64), Buffer.alloc(33), Buffer.alloc(0)]) {
    expect(p256Forms(bad)).toBeNull();
  }
  let refused = 0;
  for (let x = 0; x < 40; x++) {
    const candidate = Buffer.concat([Buffer.from([2]), Buffer.alloc(31), Buffer.from([x])]);
    if (p256Forms(candidate) === null) refused++;
  }
  expect(refused).toBeGreaterThan(10);
  expect(refused).toBeLessThan(30);
});
