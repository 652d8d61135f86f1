import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatAddress, parseAddress } from '../../src/core/address.ts';

describe('an address', () => {
  it.each([
    ['secrets/db.age', { file: 'secrets/db.age' }],
    ['db.age#', { file: 'db.age', key: [] }],
    ['db.age#password', { file: 'db.age', key: ['password'] }],
    ['prod.yaml#db.0.password', { file: 'prod.yaml', key: ['db', '0', 'password'] }],
    ['p.yaml#"a.b"."c#d".e', { file: 'p.yaml', key: ['a.b', 'c#d', 'e'] }],
    ['p.yaml#""', { file: 'p.yaml', key: [''] }],
    ['"odd#name.age"#k', { file: 'odd#name.age', key: ['k'] }],
    ['-dash.age', { file: '-dash.age' }],
    ['two\nlines.age', { file: 'two\nlines.age' }],
    ['tls.age#RSA PRIVATE KEY', { file: 'tls.age', key: ['RSA PRIVATE KEY'] }],
  ])('reads %j', (text, address) => {
    expect(parseAddress(text)).toEqual({ ok: true, value: address });
  });

  it.each(['', '#key', 'f#a..b', 'f#.a', 'f#a.', 'f#"a"b', '"f"x'])('refuses %j as a usage error', (text) => {
    const parsed = parseAddress(text);
    expect(parsed.ok ? 'read' : parsed.error.code).toBe('usage');
  });

  it('is read back as it was written, whatever the names hold', () => {
    const name = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(fc.constantFrom('a', '.', '#', '"', '\\', '/', '\n', ' ')).map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(name, fc.option(fc.array(name), { nil: undefined }), (file, key) => {
        fc.pre(file !== '');
        const address = key === undefined ? { file } : { file, key };
        expect(parseAddress(formatAddress(file, key))).toEqual({ ok: true, value: address });
      }),
      { numRuns: 2000 },
    );
  });
});
