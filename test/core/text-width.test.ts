import fc from 'fast-check';
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { show } from '../../src/core/safe-text.ts';
import { textWidth, truncateEnd, truncateMiddle, truncateStart } from '../../src/core/text-width.ts';

const shownText = fc
  .oneof(
    fc.string({ unit: 'grapheme' }),
    fc.string({ unit: 'binary' }),
    fc
      .array(fc.constantFrom('a', 'é', 'e\u0301', '日', '🔑', '🇩🇪', '🇩', '👍🏽', '/', '각', 'ﾞ', 'न', 'ी'))
      .map((parts) => parts.join('')),
  )
  .map((text) => show(text));

describe('text width', () => {
  it('agrees with string-width for each single character', () => {
    for (let point = 0x20; point <= 0x2fa1f; point += 1) {
      const text = show(String.fromCodePoint(point));
      if (textWidth(text) !== stringWidth(text)) expect.fail(`U+${point.toString(16)}`);
    }
  });

  it('agrees with string-width when any two characters of the fast set stand together', () => {
    const fast = Array.from({ length: 0x2600 - 0x20 }, (_, index) =>
      String.fromCharCode(index + 0x20),
    ).filter((character) => stringWidth(character) === 1);
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...fast), { maxLength: 12 }), (parts) => {
        const text = show(parts.join(''));
        expect(textWidth(text)).toBe(stringWidth(text));
      }),
      { numRuns: 2000 },
    );
  });

  it('agrees with string-width for any shown text', () => {
    fc.assert(
      fc.property(shownText, (text) => {
        expect(textWidth(text)).toBe(stringWidth(text));
      }),
      { numRuns: 1000 },
    );
  });
});

describe('truncation', () => {
  it('keeps the part that identifies', () => {
    expect(truncateEnd('hosts/db1/postgres.age', 12)).toBe('hosts/db1/p…');
    expect(truncateStart('hosts/db1/postgres.age', 12)).toBe('…ostgres.age');
    expect(truncateMiddle('hosts/db1/postgres.age', 12)).toBe('hosts…es.age');
    expect(truncateStart('short.age', 12)).toBe('short.age');
    expect(truncateStart('hosts/db1/postgres.age', 12, '~')).toBe('~ostgres.age');
  });

  it('never splits a wide character and gives up cells instead', () => {
    expect(truncateEnd('日本語', 4)).toBe('日…');
    expect(truncateStart('日本語', 4)).toBe('…語');
    expect(truncateMiddle('日本語日本語', 6)).toBe('日…語');
  });

  it('never exceeds the cells it is given, and leaves what fits alone', () => {
    fc.assert(
      fc.property(shownText, fc.integer({ min: 0, max: 20 }), (text, cells) => {
        for (const truncate of [truncateEnd, truncateStart, truncateMiddle]) {
          const cut = truncate(text, cells);
          expect(stringWidth(cut)).toBeLessThanOrEqual(cells);
          if (stringWidth(text) <= cells) expect(cut).toBe(text);
          else expect(cut).not.toBe(text);
        }
      }),
      { numRuns: 2000 },
    );
  });
});
