import { Buffer } from 'node:buffer';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { editPayload } from '../../../../src/core/payload/edit/edit-payload.ts';
import type { PayloadEdit } from '../../../../src/core/payload/edit/payload-edit.ts';
import { parsePayload } from '../../../../src/core/payload/parse-payload.ts';

const shards = [
  'a: ',
  'b',
  '- ',
  '\n',
  '\n  ',
  '\n    ',
  '[',
  ']',
  '{',
  '}',
  ', ',
  '&x ',
  '*x',
  '|\n    t',
  '>-\n    t',
  '"q"',
  "'q'",
  ' # c',
  '? ',
  '!t ',
  '=',
  'K=1\n',
  'L="2"\n',
  '[s]\n',
  'm = 3\n',
  '\r\n',
  '"k": ',
  '1',
  'é',
  '\t',
];
const starts = [
  'a:\n  b: "c"\n',
  '{"a": ',
  '[s]\nk = v\n',
  'A=1\nB=2\n',
  'user: x\npassword: y\n',
  '- a: "1"\n',
  '',
];

async function everyEdit(bytes: Uint8Array): Promise<readonly PayloadEdit[]> {
  const { entries } = await parsePayload(bytes);
  return entries.flatMap(({ path }): PayloadEdit[] => [
    { kind: 'set', path, value: Buffer.from('new "value"') },
    { kind: 'set', path, value: Buffer.from('two\nlines\n') },
    { kind: 'remove', path },
    { kind: 'remove', path: path.slice(0, -1) },
    { kind: 'rename', path, name: 'other' },
    { kind: 'add', path: [...path.slice(0, -1), 'more'], value: Buffer.from('1') },
  ]);
}

const valuesOf = async (bytes: Uint8Array): Promise<readonly string[]> =>
  (await parsePayload(bytes)).entries.map(({ value }) => Buffer.from(value).toString());

describe('rubble that reads as a structured payload', () => {
  it('is edited without a throw, and without a change to any other value', async () => {
    let done = 0;
    const rubble = fc.tuple(
      fc.constantFrom(...starts),
      fc.array(fc.constantFrom(...shards), { maxLength: 14 }),
    );
    await fc.assert(
      fc.asyncProperty(rubble, async ([start, parts]) => {
        const bytes = Buffer.from(start + parts.join('') + (start === '{"a": ' ? '}' : ''));
        const before = await valuesOf(bytes);
        for (const edit of await everyEdit(bytes)) {
          const result = await editPayload(bytes, edit);
          if (!result.ok) continue;
          done += 1;
          const after = await valuesOf(result.value);
          if (edit.kind === 'rename') expect(after).toEqual(before);
          if (edit.kind === 'set')
            expect(after.filter((value, index) => value !== before[index]).length).toBeLessThan(2);
        }
      }),
      { numRuns: 1500 },
    );
    expect(done).toBeGreaterThan(1000);
  });
});
