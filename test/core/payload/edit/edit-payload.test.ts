import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkPayload } from '../../../../src/core/payload/edit/check-payload.ts';
import { editPayload } from '../../../../src/core/payload/edit/edit-payload.ts';
import { parsePayload } from '../../../../src/core/payload/parse-payload.ts';

const replaced = (text: string, path: readonly string[], value: string) =>
  editPayload(Buffer.from(text), { kind: 'set', path, value: Buffer.from(value) });

async function edited(text: string, key: readonly string[], value: string): Promise<string> {
  const made = await replaced(text, key, value);
  return made.ok ? Buffer.from(made.value).toString() : `${made.error.code}: ${made.error.says}`;
}

describe('only the text of the value changes', () => {
  test.each([
    ['dotenv, bare', 'A=1\nB=two # why\nC=3\n', ['B'], 'new', 'A=1\nB=new # why\nC=3\n'],
    ['dotenv, quoted', 'A="1" # x\nB=\'2\'\n', ['A'], 'a"b\n', 'A="a\\"b\n" # x\nB=\'2\'\n'],
    ['lines that end differently', 'A=1\r\nB=2\n', ['A'], 'x\ny', "A='x\r\ny'\r\nB=2\n"],
    ['dotenv, spaces in front', 'A= 1\nB=2\n', ['A'], '3', 'A= 3\nB=2\n'],
    ['dotenv, several lines', 'A=1\nB=2\n', ['B'], 'x\ny', "A=1\nB='x\ny'\n"],
    ['dotenv, empty', 'A=\nB=2\n', ['A'], 'x', 'A=x\nB=2\n'],
    ['dotenv, twice', 'A=1\nA=2\nB=3\n', ['A', '1'], 'x', 'A=1\nA=x\nB=3\n'],
    ['lines ended as on Windows', 'A=1\r\nB=2\r\n', ['A'], 'x', 'A=x\r\nB=2\r\n'],
    ['a byte order mark', '\ufeffA=1\nB=2\n', ['A'], 'x', '\ufeffA=x\nB=2\n'],
    ['JSON, text', '{ "a" : "b",\n  "c": [1, 2] }', ['a'], 'x"y', '{ "a" : "x\\"y",\n  "c": [1, 2] }'],
    ['JSON, a number', '{"a":1,"b":"1"}', ['a'], '-2.5e3', '{"a":-2.5e3,"b":"1"}'],
    ['JSON, text like a number', '{"a":1,"b":"1"}', ['b'], '2', '{"a":1,"b":"2"}'],
    ['JSON, no number any more', '{"a":1}', ['a'], '1 or 2', '{"a":"1 or 2"}'],
    ['YAML, plain', 'a: b # why\nc:\n  - 1\n', ['a'], 'x', 'a: x # why\nc:\n  - 1\n'],
    ['YAML, text like a number', 'a: b\nc:\n  - 1\n', ['a'], '1', 'a: "1"\nc:\n  - 1\n'],
    ['YAML, a number', 'a: b\nc:\n  - 1\n', ['c', '0'], '2', 'a: b\nc:\n  - 2\n'],
    ['YAML, in single quotes', "a: 'b'\nc:\n  - 1\n", ['a'], "it's", "a: 'it''s'\nc:\n  - 1\n"],
    ['YAML, a block', 'a: |\n  x\n  y\nb: {c: d}\n', ['a'], 'p\n\nq\n', 'a: |\n  p\n\n  q\nb: {c: d}\n'],
    ['INI', '[a]\nx = 1\n; why\n[b]\nx =  2\n', ['b', 'x'], '3', '[a]\nx = 1\n; why\n[b]\nx =  3\n'],
    ['key: value', 'user: me\npass:  old\n', ['pass'], 'n#w', 'user: me\npass:  n#w\n'],
  ])('%s', async (_, text, key, value, wanted) => {
    expect(await edited(text, key, value)).toBe(wanted);
  });

  test.each([
    ['a value that an alias repeats', 'a: &x b\nc: *x\nd: {e: f}\n', ['a']],
    ['an empty list', '{"a":[],"b":1}', ['a']],
    ['a text without keys', 'just a password', ['a']],
    ['a line break in INI', '[a]\nx = 1\n', ['a', 'x']],
  ])('or nothing at all: %s', async (_, text, key) => {
    expect(await edited(text, key, 'new\nlines')).toMatch(/^(unsupported|usage): /);
  });
});

const name = fc.stringMatching(/^[A-Z][A-Z0-9_]{0,8}$/);
const value = fc.oneof(fc.string({ unit: 'binary', maxLength: 30 }), fc.string({ maxLength: 30 }));
const documents = {
  dotenv: fc
    .uniqueArray(fc.tuple(name, fc.stringMatching(/^[a-z0-9]{1,8}$/)), {
      minLength: 2,
      maxLength: 5,
      selector: ([key]) => key,
    })
    .map((pairs) => ({
      keys: pairs.map(([key]) => [key]),
      text: pairs.map(([key, one]) => `${key}=${one} # c\n`).join(''),
    })),
  json: fc
    .dictionary(fc.string({ maxLength: 6 }), fc.oneof(fc.string(), fc.integer()), {
      minKeys: 1,
      maxKeys: 5,
      noNullPrototype: true,
    })
    .map((object) => ({
      keys: Object.keys(object).map((key) => [key]),
      text: JSON.stringify(object, null, 2),
    })),
  yaml: fc
    .uniqueArray(fc.tuple(fc.stringMatching(/^[a-z]{1,6}$/), fc.stringMatching(/^[a-z0-9]{1,8}$/)), {
      minLength: 1,
      maxLength: 4,
      selector: ([key]) => key,
    })
    .map((pairs) => ({
      keys: pairs.map(([key]) => ['top', key]),
      text: `top:\n${pairs.map(([key, one]) => `  ${key}: ${one} # c\n`).join('')}`,
    })),
};

describe.each(Object.entries(documents))('any value in %s', (_, document) => {
  test('is there afterwards, all others are as they were, and putting the old one back gives the old text', async () => {
    const cases = document.chain((made) =>
      fc.record({ made: fc.constant(made), at: fc.nat(made.keys.length - 1), value }),
    );
    await fc.assert(
      fc.asyncProperty(cases, async ({ made, at, value: wanted }) => {
        const key = made.keys[at] ?? [];
        const before = await parsePayload(Buffer.from(made.text));
        const old = before.entries.find(({ path }) => JSON.stringify(path) === JSON.stringify(key));
        fc.pre(old !== undefined);
        const changed = await replaced(made.text, key, wanted);
        if (!changed.ok) {
          // What cannot be written there is refused, and that is only what no such text can hold.
          expect(changed.error.code).toBe('unsupported');
          expect(wanted).toMatch(/[\0\n\r\t'"#\\ \u0085\u2028\u2029\ufeff]|^$|[\u0080-\u00a0]|\P{ASCII}/u);
          return;
        }
        const after = await parsePayload(changed.value);
        expect(after.entries.map(({ path }) => path)).toEqual(before.entries.map(({ path }) => path));
        for (const [index, entry] of after.entries.entries()) {
          const isIt = before.entries[index] === old;
          expect(Buffer.from(entry.value).toString()).toBe(
            isIt ? wanted : Buffer.from(before.entries[index]?.value ?? []).toString(),
          );
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe('a text that is broken', () => {
  test.each([
    ['json', '{"a": 1,\n "b": }', { line: 2, column: 7 }],
    ['json', '{"a": 1', { line: 1, column: 8 }],
    ['json', '', { line: 1, column: 1 }],
    ['json', '{"ä": nope}', { line: 1, column: 7 }],
    ['yaml', 'a: 1\nb: [1, 2\nc: 3\n', { line: 3, column: 1 }],
    ['dotenv', 'A=1\n\n# c\nno assignment\n', { line: 4, column: 1 }],
  ] as const)('as %s names its place: %j', async (kind, text, place) => {
    expect(await checkPayload(Buffer.from(text), kind)).toMatchObject(place);
  });
});
