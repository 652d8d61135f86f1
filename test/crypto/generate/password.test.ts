import { randomFillSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { alphabets } from '../../../src/crypto/generate/alphabets.ts';
import { passwordBits } from '../../../src/crypto/generate/bits-of-choice.ts';
import { draw } from '../../../src/crypto/generate/draw.ts';
import { generatePassword } from '../../../src/crypto/generate/password.ts';
import { must } from '../support.ts';
import { chosenBytes } from './chosen-bytes.ts';

const perItem = 10_000;
// Ten standard deviations: a fair draw goes beyond it once in 10^22 runs of all these tests.
const tolerance = 10 * Math.sqrt(perItem);

/** How far the rarest and the most frequent item are from what is fair. */
function unevenness(drawn: Uint8Array, items: Uint8Array): number {
  const counts = new Map<number, number>();
  for (const item of drawn) counts.set(item, (counts.get(item) ?? 0) + 1);
  return Math.max(...[...items].map((item) => Math.abs((counts.get(item) ?? 0) - perItem)));
}

describe('a draw', () => {
  it.each([2, 10, 55, 62, 94, 129, 255, 256])('of %i items gives each as often as any other', (size) => {
    const items = Uint8Array.from({ length: size }, (_, index) => index);
    expect(unevenness(draw(items, size * perItem), items)).toBeLessThan(tolerance);
  });

  it('would be found uneven if it took the remainder of every byte', () => {
    const items = Uint8Array.from({ length: 62 }, (_, index) => index);
    const biased = randomFillSync(new Uint8Array(62 * perItem)).map((byte) => byte % 62);
    expect(unevenness(biased, items)).toBeGreaterThan(tolerance);
  });

  it('throws the bytes away that would favour some', () => {
    const ten = Buffer.from('0123456789');
    expect(draw(ten, 4, chosenBytes([255, 250, 249, 0, 251, 10, 19])).toString()).toBe('9009');
  });

  it('of one byte after the other shows no pattern: neighbours are as mixed as the items', () => {
    const items = Uint8Array.from({ length: 8 }, (_, index) => index);
    const drawn = draw(items, 64 * perItem * 2);
    const pairs = Uint8Array.from(
      { length: 64 * perItem },
      (_, index) => (drawn[index * 2] ?? 0) * 8 + (drawn[index * 2 + 1] ?? 0),
    );
    expect(
      unevenness(
        pairs,
        Uint8Array.from({ length: 64 }, (_, index) => index),
      ),
    ).toBeLessThan(tolerance);
  });
});

describe('a password', () => {
  it('has the length and the letters asked for, and is another each time', () => {
    const request = { length: 40, alphabet: alphabets.readable };
    const made = Array.from({ length: 50 }, () =>
      Buffer.from(must(generatePassword(request)).secret).toString(),
    );
    for (const password of made) expect(password).toMatch(/^[a-zA-Z2-9]{40}$/);
    expect(made.join('')).not.toMatch(/[0Oo1lI]/);
    expect(new Set(made).size).toBe(50);
    expect(passwordBits({ length: 10, alphabet: '0123456789abcdef' })).toBe(40);
  });

  it('has alphabets without a letter twice', () => {
    for (const alphabet of Object.values(alphabets))
      expect(must(generatePassword({ length: 1, alphabet })).secret.length).toBe(1);
    expect(alphabets.printable.length).toBe(94);
  });

  it.each([
    [0, 'ab', 'a password has 1 to 4096 characters'],
    [1.5, 'ab', 'a password has 1 to 4096 characters'],
    [5000, 'ab', 'a password has 1 to 4096 characters'],
    [8, 'a', 'an alphabet is two or more printable ASCII characters'],
    [8, 'aé', 'an alphabet is two or more printable ASCII characters'],
    [8, 'a\n', 'an alphabet is two or more printable ASCII characters'],
    [8, 'abca', 'the alphabet has a character twice'],
  ])('of %d from %j is refused', (length, alphabet, says) => {
    expect(generatePassword({ length, alphabet })).toMatchObject({
      ok: false,
      error: { code: 'usage', says },
    });
  });
});
