import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeArmor, encodeArmor } from '../../src/crypto/age/armor.ts';
import { type RawHeader, readHeader } from '../../src/crypto/age/read-header.ts';
import { decodeBase64, encodeBase64 } from '../../src/crypto/base64.ts';

// One meaning, one spelling: whatever is accepted must be what we would have written (age's FuzzMalleability).

function encodeHeader({ stanzas, mac }: RawHeader): string {
  const lines = ['age-encryption.org/v1'];
  for (const { type, args, body } of stanzas) {
    lines.push(`-> ${[type, ...args].join(' ')}`);
    const text = encodeBase64(body);
    for (let i = 0; i <= text.length; i += 64) lines.push(text.slice(i, i + 64));
  }
  return `${lines.join('\n')}\n--- ${encodeBase64(mac)}\n`;
}

const word = fc.string({
  unit: fc.integer({ min: 0x21, max: 0x7e }).map((code) => String.fromCharCode(code)),
  minLength: 1,
});
const header = fc.record({
  stanzas: fc.array(
    fc.record({
      type: word.filter((type) => type !== 'scrypt'),
      args: fc.array(word, { maxLength: 3 }),
      body: fc.uint8Array({ maxLength: 120 }).map((bytes) => Buffer.from(bytes)),
    }),
    { minLength: 1, maxLength: 4 },
  ),
  mac: fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => Buffer.from(bytes)),
});
const edit = fc.record({ at: fc.nat({ max: 1 << 16 }), byte: fc.nat({ max: 255 }), insert: fc.boolean() });

test('a header that was written reads back', () => {
  fc.assert(
    fc.property(header, ({ stanzas, mac }) => {
      const text = encodeHeader({ stanzas, mac, macCovers: 0, length: 0 });
      const read = readHeader(Buffer.from(text));
      expect(read).toEqual({
        ok: true,
        value: { stanzas, mac, macCovers: text.indexOf('\n---') + 4, length: text.length },
      });
    }),
  );
});

test('an edited header is refused or is what would be written for what was read', () => {
  let accepted = 0;
  fc.assert(
    fc.property(header, edit, ({ stanzas, mac }, { at, byte, insert }) => {
      const bytes = Buffer.from(encodeHeader({ stanzas, mac, macCovers: 0, length: 0 }));
      const position = at % bytes.length;
      const rest = bytes.subarray(insert ? position : position + 1);
      const edited = Buffer.concat([bytes.subarray(0, position), Buffer.from([byte]), rest]);
      const read = readHeader(edited);
      if (!read.ok) return;
      accepted++;
      expect(encodeHeader(read.value)).toBe(edited.toString('latin1', 0, read.value.length));
    }),
    { numRuns: 2000 },
  );
  expect(accepted).toBeGreaterThan(100);
});

test('base64 has one spelling for each value', () => {
  const text = fc.string({ unit: fc.constantFrom(...'ABYZabyz0189+/=-_ \n'), maxLength: 12 });
  fc.assert(
    fc.property(text, fc.uint8Array({ maxLength: 40 }), (drawn, bytes) => {
      const decoded = decodeBase64(drawn);
      if (decoded !== null) expect(encodeBase64(decoded)).toBe(drawn);
      expect(decodeBase64(encodeBase64(bytes))).toEqual(Buffer.from(bytes));
    }),
    { numRuns: 3000 },
  );
});

test('edited armor is refused or differs in line ends and blanks around it only', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1, maxLength: 200 }), edit, (bytes, { at, byte, insert }) => {
      const armored = encodeArmor(bytes);
      expect(decodeArmor(armored)).toEqual({ ok: true, value: Buffer.from(bytes) });
      const position = at % armored.length;
      const rest = armored.subarray(insert ? position : position + 1);
      const edited = Buffer.concat([armored.subarray(0, position), Buffer.from([byte]), rest]);
      const read = decodeArmor(edited);
      if (!read.ok) return;
      const normalized = edited.toString('latin1').trim().replaceAll('\r\n', '\n');
      expect(encodeArmor(read.value).toString('latin1').trim()).toBe(normalized);
    }),
    { numRuns: 2000 },
  );
});
