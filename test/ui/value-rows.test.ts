import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { textWidth } from '../../src/core/text-width.ts';
import { drawRow, measureValue, visibleRows } from '../../src/ui/value/value-rows.ts';

const draw = (bytes: Uint8Array, width: number, isBinary = false): string[] => {
  const { rows } = measureValue(bytes, width, isBinary);
  return visibleRows(bytes, width, isBinary, 0, rows + 10).map((plan) =>
    drawRow(bytes, plan, width, isBinary)
      .map(({ text }) => text)
      .join(''),
  );
};

describe('a value as lines of a pane', () => {
  test.each([
    ['an empty value', '', []],
    ['one line', 'abc', ['abc']],
    ['a final newline opens no line', 'abc\n', ['abc']],
    ['an empty line in between', 'a\n\nb', ['a', '', 'b']],
    ['a line that is too long', 'abcdefghij', ['abcdefgh', 'ij']],
    ['one that fits exactly', 'abcdefgh\ni', ['abcdefgh', 'i']],
    ['wide letters break by cells', '漢字漢字漢', ['漢字漢字', '漢']],
    ['what cannot be seen is marked', 'a\u200bb', ['a<U+200B', '>b']],
  ])('%s', (_, text, lines) => {
    expect(draw(Buffer.from(text), 8)).toEqual(lines);
  });

  test('bytes are shown sixteen, eight or fewer to a line', () => {
    const bytes = Uint8Array.from({ length: 20 }, (_, index) => index + 0x40);
    expect(draw(bytes, 76, true).length).toBe(2);
    expect(draw(bytes, 43, true).length).toBe(3);
    expect(draw(bytes, 20, true)[0]).toMatch(/^00000000 {2}40 41 {2}@A$/);
  });

  test('no line is wider than the pane, every line is counted, and a window is a part of the whole', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string({ unit: 'binary' }), fc.string(), fc.constantFrom('漢\t字\r\n', 'x'.repeat(99))),
        fc.integer({ min: 16, max: 90 }),
        fc.boolean(),
        fc.nat(20),
        (text, width, isBinary, top) => {
          const bytes = Buffer.from(text);
          const all = draw(bytes, width, isBinary);
          expect(all.length).toBe(measureValue(bytes, width, isBinary).rows);
          for (const line of all) expect(textWidth(line)).toBeLessThanOrEqual(width);
          const seen = visibleRows(bytes, width, isBinary, top, 5).map((plan) =>
            drawRow(bytes, plan, width, isBinary)
              .map((span) => span.text)
              .join(''),
          );
          expect(seen).toEqual(all.slice(top, top + 5));
        },
      ),
    );
  });

  test('a long value is drawn in part, and says how much is missing', () => {
    const lines = Buffer.from('a line of a log\n'.repeat(40_000));
    expect(measureValue(lines, 80, false).hidden).toBe(lines.length - 256 * 1024);
    const one = Buffer.alloc(100_000, 'x');
    expect(measureValue(one, 80, false).hidden).toBe(100_000 - 16 * 1024);
  });

  test('counts what cannot be seen', () => {
    expect(measureValue(Buffer.from('a\u200bb\u202e'), 80, false).invisible).toBe(2);
  });
});
