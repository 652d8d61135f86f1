import fc from 'fast-check';
import { expect, it } from 'vitest';
import { hexLineCount, hexLines } from '../../src/core/hex-view.ts';

it('shows offset, bytes and printable ASCII', () => {
  const bytes = Uint8Array.from([
    ...Buffer.from('Salted__'),
    0,
    0x1b,
    0x7f,
    0xff,
    0x41,
    0x42,
    0x43,
    0x44,
    0x45,
  ]);
  expect(hexLines(bytes, 0, 10)).toEqual([
    { offset: '00000000', hex: '53 61 6c 74 65 64 5f 5f  00 1b 7f ff 41 42 43 44', text: 'Salted__....ABCD' },
    { offset: '00000010', hex: '45'.padEnd(48), text: 'E' },
  ]);
});

it('builds only the lines asked for', () => {
  const bytes = new Uint8Array(1_000_000);
  expect(hexLineCount(bytes.length)).toBe(62_500);
  expect(hexLines(bytes, 62_498, 10).map(({ offset }) => offset)).toEqual(['000f4220', '000f4230']);
  expect(hexLines(bytes, 70_000, 10)).toEqual([]);
  expect(hexLines(new Uint8Array(), 0, 10)).toEqual([]);
});

it('loses no byte, whatever the width', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 100 }), fc.constantFrom(4, 8, 16), (bytes, perLine) => {
      const lines = hexLines(bytes, 0, hexLineCount(bytes.length, perLine), perLine);
      expect(Buffer.from(lines.map(({ hex }) => hex.replaceAll(' ', '')).join(''), 'hex')).toEqual(
        Buffer.from(bytes),
      );
      expect(new Set(lines.map(({ hex }) => hex.length)).size).toBeLessThanOrEqual(1);
    }),
  );
});
