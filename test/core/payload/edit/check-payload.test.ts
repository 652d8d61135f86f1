import { Buffer } from 'node:buffer';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkPayload } from '../../../../src/core/payload/edit/check-payload.ts';
import type { PayloadKind } from '../../../../src/core/payload.ts';

const check = async (text: string, kind: PayloadKind): Promise<string> => {
  const problem = await checkPayload(Buffer.from(text), kind);
  return problem === null ? 'sound' : `${problem.line}:${problem.column} ${problem.says}`;
};

describe('before a payload is saved', () => {
  it.each([
    ['json', '{"a": 1}\n', 'sound'],
    ['json', '{\n  "a": 1,\n}\n', '3:1 a comma before }'],
    ['json', '{\n  "é": x\n}', '2:8 no JSON value'],
    ['json', '{"a": "x\n', '1:9 a string is not closed on its line'],
    ['json', '{"a": "x', '1:7 a string is not closed'],
    ['json', '{"a" 1}', '1:6 expected a colon after the key'],
    ['json', '{a: 1}', '1:2 expected a key in double quotes'],
    ['json', '{"a": 1 "b": 2}', '1:9 expected a comma or }'],
    ['json', '{"a": 1}}', '1:9 text after the end of the JSON value'],
    ['json', '{"a": "\\x"}', '1:8 an escape that JSON does not know'],
    ['json', '{"a": 1, "a": 2}', '1:10 this key comes twice'],
    ['json', '', '1:1 the text ends where a value is expected'],
    ['json', '['.repeat(100_000), '1:65 more than 64 levels'],
    ['yaml', 'a:\n  b: 1\n', 'sound'],
    ['yaml', 'a: 1\n', 'sound'],
    ['yaml', 'a:\n  b: "x\nc: d\n', '4:1 a quote, bracket, comma, colon or space is missing'],
    ['yaml', 'a:\n  b: 1\n c: 2\n', '3:1 indented differently than what it belongs to'],
    ['yaml', 'a:\n\tb: 1\n', '2:1 a tab as indentation'],
    ['yaml', 'a: 1\nb:\n  c: 2\na: 3\n', '4:1 this key comes twice'],
    [
      'yaml',
      'a: *no\nb:\n  c: 1\n',
      '1:4 an alias without an anchor before it, or with a name that cannot be',
    ],
    ['yaml', `a: ${'['.repeat(100)}`, '1:1 too large or nested too deeply to be checked'],
    ['dotenv', 'A=1\n\n# c\nexport B="2"\n', 'sound'],
    ['dotenv', 'A=1\nB = 2\n', '2:1 neither NAME=value nor a comment'],
    ['dotenv', '\ufeffA=1\r\nnothing\r\n', '2:1 neither NAME=value nor a comment'],
    ['dotenv', 'A=1\n  B="2\n', '2:5 the quote is not closed, or more follows it'],
    ['dotenv', "A='1' x '2'\n", '1:3 the quote is not closed, or more follows it'],
    ['ini', '[a]\nb = 1\n  c\n', '3:3 neither [section], key = value nor a comment'],
    ['key-value', 'user: x\nhello there\n', '2:1 neither key = value, key: value nor a comment'],
    ['pem', '-----BEGIN A-----\nx\n-----END A-----\n', 'sound'],
    ['pem', '-----BEGIN A-----\nx\n', '1:1 the block has no END line'],
    ['pem', '-----BEGIN A-----\nx\n-----END B-----\n', '3:1 not the END line of the block that is open'],
    ['text', '{"a": ', 'sound'],
  ] as const)('%s %j is %s', async (kind, text, says) => {
    expect(await check(text, kind)).toBe(says);
  });

  it('tells bytes that are no text', async () => {
    expect(await checkPayload(Uint8Array.of(0xff), 'json')).toEqual({
      says: 'not text, so no json',
      line: 1,
      column: 1,
    });
    expect(await checkPayload(Uint8Array.of(0xff), 'binary')).toBeNull();
  });

  it('never quotes the text, and never throws', async () => {
    const piece = fc.constantFrom(
      'MARKER',
      ': ',
      '- ',
      '\n',
      '\n  ',
      '[',
      ']',
      '{',
      '}',
      '&',
      '*',
      '|',
      '>',
      '"',
      "'",
      '#',
      '? ',
      '!',
      '---\n',
      '\t',
      '%',
      '=',
      ',',
      '\\',
      '-----BEGIN ',
    );
    const kinds = ['json', 'yaml', 'dotenv', 'ini', 'key-value', 'pem'] as const;
    let found = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 40 }), fc.constantFrom(...kinds), async (parts, kind) => {
        const says = await check(parts.join(''), kind);
        expect(says).not.toContain('MARKER');
        if (says !== 'sound') found += 1;
      }),
      { numRuns: 2000 },
    );
    expect(found).toBeGreaterThan(1000);
  });
});
