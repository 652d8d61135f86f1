import fc from 'fast-check';
import { expect, test } from 'vitest';
import { matchGlob } from '../../src/app/usecases/match-glob.ts';

test.each([
  ['*.age', 'hosts/db1/pg.age', true],
  ['pg.*', 'hosts/db1/pg.age', true],
  ['hosts/*', 'hosts/db1/pg.age', false],
  ['hosts/**', 'hosts/db1/pg.age', true],
  ['hosts/', 'hosts/db1/pg.age', true],
  ['hosts/**', 'secrets/hosts/db1/pg.age', true],
  ['db1/', 'secrets/hosts/db1/pg.age', true],
  ['osts/**', 'secrets/hosts/db1/pg.age', false],
  ['/hosts/**', 'secrets/hosts/db1/pg.age', false],
  ['/hosts/**', 'hosts/db1/pg.age', true],
  ['./hosts/**', 'secrets/hosts/db1/pg.age', false],
  ['/pg.age', 'hosts/pg.age', false],
  ['./hosts/*/pg.age', 'hosts/db1/pg.age', true],
  ['**/pg.age', 'pg.age', true],
  ['**/db1/**', 'hosts/db1/pg.age', true],
  ['hosts/**/pg.age', 'hosts/pg.age', true],
  ['hosts/db?/pg.age', 'hosts/db1/pg.age', true],
  ['p?.age', 'p🔑.age', true],
  ['p[g].age', 'pg.age', false],
  ['p[g].age', 'p[g].age', true],
  ['', 'pg.age', false],
])('%s against %s: %s', (pattern, path, fits) => {
  expect(matchGlob(pattern, path)).toBe(fits);
});

test('agrees with the same pattern as a regular expression', () => {
  const part = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?'), maxLength: 6 });
  const text = fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 8 });
  fc.assert(
    fc.property(part, text, (pattern, name) => {
      const expression = new RegExp(`^${pattern.replace(/\*+/g, '[^/]*').replaceAll('?', '[^/]')}$`);
      expect(matchGlob(pattern, name)).toBe(expression.test(name));
    }),
    { numRuns: 2000 },
  );
});

test('a pattern made to be slow is not', () => {
  const path = 'a/'.repeat(2000);
  expect(matchGlob(`${'**/a/'.repeat(200)}b`, path)).toBe(false);
  expect(matchGlob(`${'a*'.repeat(200)}b`, 'a'.repeat(4000))).toBe(false);
});
