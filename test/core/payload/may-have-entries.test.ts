import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readDotenv } from '../../../src/core/payload/dotenv-payload.ts';
import { readIni } from '../../../src/core/payload/ini-payload.ts';
import { readJson } from '../../../src/core/payload/json-payload.ts';
import { readKeyValue } from '../../../src/core/payload/key-value-payload.ts';
import { mayHaveEntries } from '../../../src/core/payload/may-have-entries.ts';
import { readPem } from '../../../src/core/payload/pem-payload.ts';
import { readYaml } from '../../../src/core/payload/yaml-payload.ts';

const formats = [readJson, readPem, readIni, readDotenv, readYaml, readKeyValue];

/** Whether any of all formats explains the text, each asked. */
async function explained(text: string): Promise<boolean> {
  const readings = await Promise.all(formats.map((read) => read(text)));
  return readings.some((entries) => entries !== null);
}

/** Pieces that formats are made of, and every single character that one of them looks for. */
const pieces = [
  ...['password', 'export ', 'API_TOKEN', '---', '- ', '? ', '  ', '\n', '\n\n', '\t', '\ufeff', '\u00a0'],
  ...['[section]', '[', ']', '{', '}', '{}', '[]', '[1, 2]', '"a"', "'b'", '"', "'", '#', '# no', ';', ','],
  ...['-----BEGIN KEY-----\n', '-----END KEY-----\n', '-----BEGIN', '&a', '*a', '|', '>', '!', '%YAML 1.2'],
  ...['1', 'true', 'null', '\\', '\r', '\v', '\u2028', 'é', '😀'],
];
const separators = ['=', ': ', ':', ' = ', '":', '\n- a: '];
const textOf = (...from: readonly string[]) =>
  fc.array(fc.constantFrom(...from), { maxLength: 12 }).map((parts) => parts.join(''));

describe('text that is passed over without asking a format', () => {
  test.each([
    ['made of what formats are made of', textOf(...pieces)],
    ['with separators in it', textOf(...pieces, ...separators)],
    ['of any characters', fc.string({ unit: 'binary', maxLength: 80 })],
    ['of any letters and signs', fc.string({ unit: 'grapheme-ascii', maxLength: 80 })],
  ])('is explained by none of them: %s', async (_, texts) => {
    let passedOver = 0;
    await fc.assert(
      fc.asyncProperty(texts, async (text) => {
        if (mayHaveEntries(text)) return;
        passedOver += 1;
        expect(await explained(text)).toBe(false);
      }),
      { numRuns: 3_000 },
    );
    expect(passedOver).toBeGreaterThan(100);
  });

  test('is what most secrets are', () => {
    for (const text of [
      '',
      'hunter2',
      'correct horse battery staple\n',
      'a1B2/c3+d4',
      '- x\n- y\n',
      '# no\n',
    ]) {
      expect(mayHaveEntries(text)).toBe(false);
    }
  });

  test.each([
    '{"a": 1}',
    '[1]',
    '\n [1]',
    '-----BEGIN X-----\nAAAA\n-----END X-----\n',
    '[a]\nb=c',
    'API_TOKEN=x',
    'a:\n  b: c',
    'password: x',
  ])('is none that has a format: %j', async (text) => {
    expect(await explained(text)).toBe(true);
    expect(mayHaveEntries(text)).toBe(true);
  });
});
