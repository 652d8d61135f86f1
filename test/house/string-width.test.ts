import fc from 'fast-check';
import realStringWidth from 'string-width';
import { describe, expect, test } from 'vitest';
import shortStringWidth, { oneCellEach } from '../../scripts/build/string-width.ts';

describe('the short cut for string-width', () => {
  test('claims only characters that are one cell wide', () => {
    const claimed = Array.from({ length: 0x10000 }, (_, code) => String.fromCharCode(code)).filter((c) =>
      oneCellEach.test(c),
    );
    expect(claimed.filter((character) => realStringWidth(character) !== 1)).toEqual([]);
    expect(claimed.length).toBeGreaterThan(700);
  });

  // Neighbours can change a width (variation selectors, keycaps, joiners), so single code points are not enough.
  test('agrees on mixtures of what keyhole draws with what changes widths', () => {
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
      '漢',
      '👩',
    );
    const text = fc.array(fc.oneof({ weight: 4, arbitrary: drawn }, changing, fc.string({ unit: 'binary' })));
    fc.assert(
      fc.property(text, (parts) => shortStringWidth(parts.join('')) === realStringWidth(parts.join(''))),
      { numRuns: 5_000 },
    );
  });

  test('leaves ambiguous widths to the real one where they are asked to be wide', () => {
    expect(shortStringWidth('─', { ambiguousIsNarrow: false })).toBe(2);
  });
});
