import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readHeader } from '../../src/crypto/age/read-header.ts';
import { skimHeader } from '../../src/crypto/age/skim-header.ts';

// Two readers of one format: what the quick one answers, the careful one must answer too.

const base64 = (length: number) =>
  fc
    .uint8Array({ minLength: length, maxLength: length })
    .map((bytes) => Buffer.from(bytes).toString('base64').replace(/=+$/, ''));
const body = fc
  .nat(120)
  .chain(base64)
  .map((text) => {
    const lines = text.match(/.{1,64}/g) ?? [];
    return [...lines, ...(text.length % 64 === 0 ? [''] : [])].join('\n');
  });
const word = fc.string({ unit: fc.constantFrom(...'abcXYZ019+/-_!~'), minLength: 1, maxLength: 12 });
const stanza = fc
  .tuple(
    fc.constantFrom('X25519', 'ssh-ed25519', 'scrypt', 'a-grease'),
    fc.array(word, { maxLength: 3 }),
    body,
  )
  .map(([type, words, text]) => `-> ${[type, ...words].join(' ')}\n${text}\n`);
const header = fc
  .tuple(fc.array(stanza, { maxLength: 4 }), base64(32))
  .map(([stanzas, mac]) => `age-encryption.org/v1\n${stanzas.join('')}--- ${mac}\n`);
/** One byte in it that should not be, or is missing. */
const spoiled = fc
  .tuple(header, fc.nat(), fc.constantFrom('', ' ', '\n', '-', '=', 'B', '\r', '\u0000', '>', 'é'))
  .map(([text, at, byte]) => {
    const place = at % text.length;
    return text.slice(0, place) + byte + text.slice(place + 1);
  });
const payload = 'any bytes';

const agree = (text: string): 'answered' | 'left' => {
  const file = Buffer.from(text + payload, 'latin1');
  const skimmed = skimHeader(file);
  const read = readHeader(file, { bodies: false });
  if (skimmed === null) return 'left';
  expect(read.ok && read.value.length).toBe(skimmed.length);
  const plain = (stanzas: readonly { type: string; args: readonly string[] }[]) =>
    stanzas.map(({ type, args }) => [type, ...args]);
  expect(plain(skimmed.stanzas)).toEqual(read.ok ? plain(read.value.stanzas) : null);
  return 'answered';
};

describe('skimming a header', () => {
  test('answers for every well-formed one as the careful reader does', () => {
    fc.assert(
      fc.property(header, (text) => {
        const wellFormed = readHeader(Buffer.from(text, 'latin1'), { bodies: false }).ok;
        expect(agree(text)).toBe(wellFormed ? 'answered' : 'left');
      }),
      { numRuns: 2_000 },
    );
  });

  test('never answers where the careful reader refuses', () => {
    let answered = 0;
    fc.assert(
      fc.property(spoiled, (text) => {
        if (agree(text) === 'answered') answered += 1;
      }),
      { numRuns: 5_000 },
    );
    // Some bytes may be anything, so some headers are still good.
    expect(answered).toBeGreaterThan(100);
  });

  test('leaves what is longer than any honest header, and more stanzas than are read', () => {
    const many = (count: number) =>
      `age-encryption.org/v1\n${'-> x\n\n'.repeat(count)}--- ${'A'.repeat(43)}\n`;
    expect(agree(many(1_000))).toBe('answered');
    expect(agree(many(1_001))).toBe('left');
    expect(agree(`age-encryption.org/v1\n-> x ${'y'.repeat(20_000)}\n\n--- ${'A'.repeat(43)}\n`)).toBe(
      'left',
    );
  });
});
