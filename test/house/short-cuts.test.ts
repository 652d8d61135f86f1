import fc from 'fast-check';
import realStringWidth from 'string-width';
import { describe, expect, test } from 'vitest';
import { oneCellEach } from '../../scripts/build/one-cell.ts';
import { ShortSegmenter } from '../../scripts/build/segmenter.ts';
import { createStringWidth } from '../../scripts/build/string-width.ts';

// The build swaps these into the packages it bundles, so they must answer exactly as what they replace.

const claimed = Array.from({ length: 0x10000 }, (_, code) => String.fromCharCode(code)).filter((character) =>
  oneCellEach.test(character),
);

// Neighbours can change widths and borders (variation selectors, keycaps, joiners), so single characters are not enough.
const drawn = fc.constantFrom(...'abc 019#*─│╭╮╰╯▌●·−…→↔⏎∅†©®é▏×');
const changing = fc.constantFrom(
  '\uFE0F',
  '\uFE0E',
  '\u20E3',
  '\u200D',
  '\u0301',
  '\u00AD',
  '\u001B[31m',
  '\t',
  '\r\n',
  '漢',
  '👩',
  '🇩',
);
const mixture = fc
  .array(fc.oneof({ weight: 4, arbitrary: drawn }, changing, fc.string({ unit: 'binary' })))
  .map((parts) => parts.join(''));
const simple = fc.string({ unit: fc.constantFrom(...claimed) });
const styled = fc
  .array(fc.oneof(simple, fc.constantFrom('\n', '\u001B[1m', '\u001B[38;5;12m')))
  .map((parts) => parts.join(''));

describe('the short cut for string-width', () => {
  const shortStringWidth = createStringWidth(() => realStringWidth);

  test('claims only characters that are one cell wide', () => {
    expect(claimed.filter((character) => realStringWidth(character) !== 1)).toEqual([]);
    expect(claimed.length).toBeGreaterThan(700);
  });

  test('agrees on simple text and on mixtures', () => {
    fc.assert(
      fc.property(
        fc.oneof(simple, styled, mixture),
        (text) => shortStringWidth(text) === realStringWidth(text),
      ),
      {
        numRuns: 5_000,
      },
    );
  });

  test('leaves ambiguous widths to the real one where they are asked to be wide', () => {
    expect(shortStringWidth('─', { ambiguousIsNarrow: false })).toBe(2);
  });
});

describe('the short cut for Intl.Segmenter', () => {
  const real = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
  const short = new ShortSegmenter(undefined, { granularity: 'grapheme' });

  test('cuts simple text and mixtures where the real one does', () => {
    fc.assert(
      fc.property(fc.oneof(simple, styled, mixture), (text) => {
        expect([...short.segment(text)]).toEqual([...real.segment(text)]);
        for (const index of [-1, 0, 1, 2.5, text.length - 1, text.length]) {
          expect(short.segment(text).containing(index)).toEqual(real.segment(text).containing(index));
        }
      }),
      { numRuns: 5_000 },
    );
  });

  test('cuts words like the real one', () => {
    const words = [undefined, { granularity: 'word' }] as const;
    expect([...new ShortSegmenter(...words).segment('a b')]).toEqual([
      ...new Intl.Segmenter(...words).segment('a b'),
    ]);
  });
});
