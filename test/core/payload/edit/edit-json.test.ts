import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatKeyPath } from '../../../../src/core/address.ts';
import { parseJsonTree } from '../../../../src/core/payload/json-tree.ts';
import { add, edited, remove, rename, set } from './edited.ts';

const text = `{
    "db": { "password": "s\\u00e9cret",   "port": 5432 },
    "on" : true,
    "ids": [1.0, "b" , null],
    "none": {},
    "long": {
        "a": "1"
    }
}
`;

describe('one value of a JSON document', () => {
  it.each([
    ['db.password', 'n\u00e9w "x"\n', '"s\\u00e9cret"', '"n\\u00e9w \\"x\\"\\n"'],
    ['db.port', '5433', '5432', '5433'],
    ['db.port', 'abc', '5432', '"abc"'],
    ['db.port', 'true', '5432', '"true"'],
    ['db.port', '05', '5432', '"05"'],
    ['on', 'false', 'true', 'false'],
    ['on', 'yes', 'true', '"yes"'],
    ['ids.1', '7', '"b"', '"7"'],
    ['ids.2', 'x', 'null', '"x"'],
    ['long.a', 'caf\u00e9', '"1"', '"caf\u00e9"'],
  ])('%s becomes %j and nothing else changes', async (key, value, before, after) => {
    expect(await edited(text, set(key, value))).toBe(text.replace(before, () => after));
  });

  it('is not an object or list, full or empty', async () => {
    expect(await edited(text, set('db', 'x'))).toBe('usage: db is an object, not one value at 2:11');
    expect(await edited(text, set('none', 'x'))).toBe('usage: none is an object, not one value at 5:13');
  });
});

describe('keys of a JSON document', () => {
  it('are added behind the last, spaced like it', async () => {
    expect(await edited(text, add('db.user', 'u'))).toBe(text.replace('5432 }', '5432,   "user": "u" }'));
    expect(await edited(text, add('long.b', '2'))).toBe(text.replace('"1"\n', '"1",\n        "b": "2"\n'));
    expect(await edited(text, add('none.x', '2'))).toBe(text.replace('"none": {}', '"none": {"x": "2"}'));
    expect(await edited(text, add('ids.3', 'z'))).toBe(text.replace('null]', 'null, "z"]'));
    expect(await edited('{"a":"b"}', add('c', 'd'))).toBe('{"a":"b","c":"d"}');
    expect(await edited('{"a": "b"}\r\n', add('c', 'd'))).toBe('{"a": "b", "c": "d"}\r\n');
  });

  it('are removed with one comma', async () => {
    expect(await edited(text, remove('db'))).toBe(text.replace(/"db".*\n {4}/, ''));
    expect(await edited(text, remove('db.password'))).toBe(text.replace(/"password": "[^"]*", {3}/, ''));
    expect(await edited(text, remove('long'))).toBe(text.replace(/,\n {4}"long"[^}]*\}/, ''));
    expect(await edited(text, remove('long.a'))).toBe(text.replace(/\{\n {8}"a": "1"\n {4}\}/, '{}'));
    expect(await edited(text, remove('ids.0'))).toBe(text.replace('1.0, ', ''));
  });

  it('are renamed in place', async () => {
    expect(await edited(text, rename('db.port', 'p"o'))).toBe(text.replace('"port"', '"p\\"o"'));
    expect(await edited(text, rename('long', 'db'))).toBe('usage: db is there already at 6:5');
    expect(await edited(text, rename('ids.0', 'x'))).toMatch(/^usage: a list position has no name/);
  });

  it.each([
    ['db.none.x', add('db.none.x', '1'), 'not-found: no key db.none.x'],
    ['a key in a value', add('on.x', '1'), 'usage: on is a value, with no keys in it at 3:12'],
    ['a gap in a list', add('ids.9', '1'), 'usage: the next position of this list is 3 at 4:12'],
    ['the last key of all', remove('a'), 'not-found: no key a at 1:1'],
  ])('refuse %s', async (_, edit, says) => {
    expect(await edited(text, edit)).toBe(says);
  });

  it('are not removed when nothing would be left', async () => {
    expect(await edited('{"a": "b"}\n', remove('a'))).toMatch(/^unsupported: /);
  });
});

type Leaf = readonly [path: readonly string[], holder: Record<string, unknown> | unknown[], key: string];

function leavesOf(value: unknown, path: readonly string[] = []): Leaf[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, child]: [string, unknown]): Leaf[] =>
    typeof child === 'object' && child !== null
      ? leavesOf(child, [...path, key])
      : [[[...path, key], value as Record<string, unknown>, key]],
  );
}

describe('any JSON document', () => {
  const json = fc.json({ depthSize: 'medium' });
  const indent = fc.constantFrom(0, 2, '\t');

  it('set, then read by JSON.parse, has that one value changed', async () => {
    let changed = 0;
    await fc.assert(
      fc.asyncProperty(
        json,
        indent,
        fc.string({ unit: 'grapheme' }),
        fc.nat(),
        async (source, spaces, value, pick) => {
          const document: unknown = JSON.parse(source);
          const leaves = leavesOf(document);
          const leaf = leaves[pick % Math.max(1, leaves.length)];
          fc.pre(leaf !== undefined && !value.includes('\0') && value.isWellFormed());
          if (leaf === undefined) return;
          const [path, holder, key] = leaf;
          const before = JSON.stringify(document, null, spaces);
          fc.pre(before.isWellFormed());
          const after = await edited(before, set(formatKeyPath(path), value));
          const old = Reflect.get(holder, key);
          const same = typeof old === 'number' && /^-?(0|[1-9]\d*)$/.test(value) ? Number(value) : value;
          Reflect.set(holder, key, String(old) === value ? old : same);
          expect(JSON.parse(after)).toEqual(document);
          changed += 1;
        },
      ),
      { numRuns: 400 },
    );
    expect(changed).toBeGreaterThan(100);
  });

  it('with a key added and removed again has the same bytes', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.dictionary(fc.string(), fc.jsonValue(), { minKeys: 1 }),
        indent,
        async (document, spaces) => {
          const before = JSON.stringify(document, null, spaces);
          fc.pre(before.isWellFormed() && !before.includes('\\u0000') && !Object.hasOwn(document, 'new'));
          const after = await edited(before, add('new', 'v'));
          expect(JSON.parse(after)).toEqual({ ...JSON.parse(before), new: 'v' });
          expect(await edited(after, remove('new'))).toBe(before);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('is one to our parser exactly when it is one to JSON.parse', () => {
    const piece = fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '"a"',
      '"b"',
      '"\\u00e9"',
      '"\\x"',
      '-',
      '0',
      '1.5e3',
      '01',
      'true',
      'nul',
      ' ',
      '\n',
      '"',
      '1.',
    );
    const accepts = (source: string): boolean => {
      try {
        JSON.parse(source);
        return true;
      } catch {
        return false;
      }
    };
    let accepted = 0;
    fc.assert(
      fc.property(
        fc.oneof(
          fc.array(piece, { maxLength: 7 }).map((parts) => parts.join('')),
          fc.json(),
        ),
        (source) => {
          const tree = parseJsonTree(source);
          if ('fault' in tree && /twice|levels/.test(tree.fault.says)) return;
          expect('fault' in tree).toBe(!accepts(source));
          if (!('fault' in tree)) accepted += 1;
        },
      ),
      { numRuns: 3000 },
    );
    expect(accepted).toBeGreaterThan(300);
  });
});
