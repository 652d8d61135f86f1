import { ed25519 } from '@noble/curves/ed25519.js';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { montgomeryOf } from '../../src/crypto/ssh/ed25519-point.ts';

/** What the reference says: `null` for no point, and for one of small order. */
function reference(bytes: Uint8Array): Buffer | null {
  try {
    if (ed25519.Point.fromBytes(bytes).isSmallOrder()) return null;
    return Buffer.from(ed25519.utils.toMontgomery(bytes));
  } catch {
    return null;
  }
}

test('real public keys come out as the reference has them', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), (seed) => {
      const point = ed25519.getPublicKey(seed);
      expect(montgomeryOf(point)).toEqual(reference(point));
      expect(montgomeryOf(point)).not.toBeNull();
    }),
  );
});

test('any 32 bytes are a point or none as the reference says', () => {
  const answers = { point: 0, none: 0 };
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), (bytes) => {
      expect(montgomeryOf(bytes)).toEqual(reference(bytes));
      answers[montgomeryOf(bytes) === null ? 'none' : 'point'] += 1;
    }),
    { numRuns: 300 },
  );
  expect(answers.point).toBeGreaterThan(30);
  expect(answers.none).toBeGreaterThan(30);
});

const prime = (1n << 255n) - 19n;
const encode = (value: bigint): Buffer => Buffer.from(value.toString(16).padStart(64, '0'), 'hex').reverse();

test('points of small order, in either sign, and numbers beyond the field are refused, and their neighbours are as the reference says', () => {
  const sign = 1n << 255n;
  const small = [
    0n,
    1n,
    prime - 1n,
    2707385501144840649318225287225658788936804267575313519463743609750303402022n,
    55188659117513257062467267217118295137698188065244968500265048394206261417927n,
  ];
  for (const y of small) {
    for (const bytes of [encode(y), encode(y | sign)]) expect(montgomeryOf(bytes)).toBeNull();
    for (const near of [y + 1n, y + 2n, y > 1n ? y - 1n : y + 3n]) {
      expect(montgomeryOf(encode(near))).toEqual(reference(encode(near)));
    }
  }
  for (let beyond = prime; beyond < 1n << 255n; beyond += 1n) expect(montgomeryOf(encode(beyond))).toBeNull();
  for (const length of [0, 31, 33]) expect(montgomeryOf(Buffer.alloc(length, 9))).toBeNull();
});
