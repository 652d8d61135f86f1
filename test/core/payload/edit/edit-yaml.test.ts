import { Buffer } from 'node:buffer';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse as parseYaml } from 'yaml';
import { parsePayload } from '../../../../src/core/payload/parse-payload.ts';
import { add, edited, remove, rename, set } from './edited.ts';

const text = `# secrets
db:
  password: "s3cr\\u00e9t" # rotated
  plain: abc  # as is
  single: 'it''s'
  port: 5432
  mode: 0755
  note: |
    two
    lines

  folded: >-
    one
    line
  empty: # nothing yet
  flow: {a: 1, b: [x, 'y']}
users:
  - name: anna # first
    pin: 0123
  # the second
  - name: bob
anchors:
  one: &key shared
  two: *key
last: x
`;

describe('one value of a YAML document', () => {
  it.each([
    ['db.password', 'n "w"', '"s3cr\\u00e9t"', '"n \\"w\\""'],
    ['db.plain', 'xyz', 'plain: abc ', 'plain: xyz '],
    ['db.plain', 'true', 'plain: abc ', 'plain: "true" '],
    ['db.plain', 'no', 'plain: abc ', 'plain: "no" '],
    ['db.plain', '2024-01-01', 'plain: abc ', 'plain: "2024-01-01" '],
    ['db.plain', '1e3', 'plain: abc ', 'plain: "1e3" '],
    ['db.plain', 'a: b', 'plain: abc ', 'plain: "a: b" '],
    ['db.plain', 'a [1], {2}', 'plain: abc ', 'plain: a [1], {2} '],
    ['db.plain', '', 'plain: abc ', 'plain: "" '],
    ['db.plain', 'two\nlines\n', 'plain: abc ', 'plain: "two\\nlines\\n" '],
    ['db.single', "don't", "'it''s'", "'don''t'"],
    ['db.single', 'a\nb', "'it''s'", '"a\\nb"'],
    ['db.port', '5433', '5432', '5433'],
    ['db.port', 'abc', '5432', 'abc'],
    ['db.port', 'true', '5432', '"true"'],
    ['db.note', 'other\n\n  deeper\n', '    two\n    lines\n', '    other\n\n      deeper\n'],
    ['db.note', 'no end', '|\n    two\n    lines\n', '|-\n    no end\n'],
    ['db.note', ' led', '|\n    two\n    lines\n', '" led"\n'],
    ['db.folded', 'a\nb', '>-\n    one\n    line\n', '|-\n    a\n    b\n'],
    ['db.empty', 'now', 'empty: #', 'empty: now #'],
    ['db.flow.a', '2', '{a: 1,', '{a: 2,'],
    ['db.flow.b.0', 'z', '[x,', '[z,'],
    ['db.flow.b.0', 'a,b', '[x,', '["a,b",'],
    ['db.flow.b.1', 'a\nb', "'y'", '"a\\nb"'],
    ['users.0.name', 'eve', 'anna', 'eve'],
    ['users.1.name', 'a\nb\n', 'bob', '|\n      a\n      b'],
    ['anchors.two', 'own', '*key', 'own'],
    ['last', 'p\nq\n', 'last: x', 'last: |\n  p\n  q'],
  ])('%s becomes %j and nothing else changes', async (key, value, before, after) => {
    expect(text).toContain(before);
    expect(await edited(text, set(key, value))).toBe(text.replace(before, () => after));
  });

  it('keeps CRLF, and the lack of a final newline', async () => {
    expect(await edited('a:\r\n  b: "x"\r\n  c: y', set('a.c', 'p\nq'))).toBe(
      'a:\r\n  b: "x"\r\n  c: |-\r\n    p\r\n    q',
    );
    expect(await edited('a:\r\n  b: "x"\r\n  c: |\r\n    old\r\n', set('a.c', 'p\nq\n'))).toBe(
      'a:\r\n  b: "x"\r\n  c: |\r\n    p\r\n    q\r\n',
    );
  });

  it.each([
    ['that others share through an anchor', set('anchors.one', 'x'), /^unsupported: .* at 23:3$/],
    ['that is a mapping', set('db', 'x'), /^usage: db is no single value at 2:1$/],
    ['that is not there', set('db.nope', 'x'), /^not-found: no key db\.nope at 3:3$/],
    ['that is not there at all', set('a.b.c', 'x'), /^not-found: no key a\.b\.c$/],
  ])('is refused %s', async (_, edit, says) => {
    expect(await edited(text, edit)).toMatch(says);
  });

  it('is refused behind an alias, naming the anchor as the place', async () => {
    expect(await edited('a: &m\n  k: v\nb: *m\n', set('b.k', 'x'))).toBe(
      'unsupported: b.k is reached through an alias',
    );
  });
});

describe('keys of a YAML document', () => {
  it('are added behind the last, indented and spelled like it', async () => {
    expect(await edited(text, add('users.1.pin', '1'))).toBe(
      text.replace('name: bob\n', 'name: bob\n    pin: "1"\n'),
    );
    expect(await edited(text, add('new', 'v'))).toBe(`${text}new: v\n`);
    expect(await edited(text, add('db.flow.c', 'v'))).toBe(text.replace("'y']}", "'y'], c: v}"));
    expect(await edited(text, add('db.flow.b.2', 'v'))).toBe(text.replace("'y']}", "'y', 'v']}"));
    expect(await edited(text, add('db.x', 'v'))).toBe(text.replace("'y']}\n", "'y']}\n  x: v\n"));
    expect(await edited('"a":\n  - "b"', add('a.1', 'c'))).toBe('"a":\n  - "b"\n  - "c"');
    expect(await edited('a:\n  b: "1"\n', add('a.x: y', 'c'))).toBe('a:\n  b: "1"\n  "x: y": "c"\n');
    expect(await edited('a:\n  b: {}\n', add('a.b.c', 'd'))).toBe('a:\n  b: {c: d}\n');
  });

  it('are added behind a block and its blank lines without becoming part of it', async () => {
    expect(await edited('a:\n  b: |\n    x\n\n# end\n', add('a.c', 'v'))).toBe(
      'a:\n  b: |\n    x\n  c: v\n\n# end\n',
    );
    expect(await edited('a:\n  b: |+\n    x\n\n', add('a.c', 'v'))).toBe('a:\n  b: |+\n    x\n\n  c: v\n');
    expect(await edited('a:\n  b: |+\n    x\n\n  c: v\n', remove('a.b'))).toBe('a:\n  c: v\n');
  });

  it('are removed with their lines', async () => {
    expect(await edited(text, remove('db.password'))).toBe(text.replace(/ {2}password.*\n/, ''));
    expect(await edited(text, remove('db.note'))).toBe(
      text.replace(/ {2}note: \|\n {4}two\n {4}lines\n/, ''),
    );
    expect(await edited(text, remove('db.flow.a'))).toBe(text.replace('a: 1, ', ''));
    expect(await edited(text, remove('db.flow.b'))).toBe(text.replace(", b: [x, 'y']", ''));
    expect(await edited(text, remove('users.0.name'))).toBe(text.replace('name: anna # first\n    ', ''));
    expect(await edited(text, remove('users.0'))).toBe(text.replace(/ {2}- name: anna.*\n.*\n/, ''));
    expect(await edited(text, remove('last'))).toBe(text.replace('last: x\n', ''));
    expect(await edited('a:\n  b: "1"\nc: d', remove('c'))).toBe('a:\n  b: "1"');
  });

  it('leave an empty mapping where the last one goes', async () => {
    expect(await edited('a: # c\n  b: "1"\nd:\n  e: f\n', remove('a.b'))).toBe('a: {} # c\nd:\n  e: f\n');
    expect(await edited('d:\n  e: f\na:\n  - x\n', remove('a.0'))).toBe('d:\n  e: f\na: []\n');
  });

  it('are renamed in place', async () => {
    expect(await edited(text, rename('db.port', 'yes'))).toBe(text.replace('port:', '"yes":'));
    expect(await edited(text, rename('db.flow', 'f'))).toBe(text.replace('flow:', 'f:'));
    expect(await edited(text, rename('db.port', 'mode'))).toBe('usage: mode is there already at 6:3');
  });

  it('are refused when they are there', async () => {
    expect(await edited(text, add('db.port', 'x'))).toBe('usage: db.port is there already at 3:3');
    expect(await edited(text, add('users.7', 'x'))).toBe('usage: the next position of users is 2 at 18:3');
  });
});

describe('any YAML value', () => {
  const value = fc.string({
    unit: fc.constantFrom(...'aZ09 :#-?,[]{}&*!|>\'"%@`\\~=.\n\t\ré😀\u2028\u0085\ufeff'),
    maxLength: 20,
  });
  const style = fc.constantFrom(
    'x',
    '"x"',
    "'x'",
    '5',
    '|\n    x\n    y',
    '|-\n    x',
    '|+\n    x\n',
    '>\n    x',
    '',
  );

  it('goes into any style and comes back, to two readers, the rest unchanged', async () => {
    let plain = 0;
    await fc.assert(
      fc.asyncProperty(value, style, async (written, kept) => {
        const before = `# c\nm:\n  k: ${kept}\n  l: "z" # d\n`;
        const after = await edited(before, set('m.k', written));
        expect(after.startsWith('# c\nm:\n  k:')).toBe(true);
        expect(after.endsWith('  l: "z" # d\n')).toBe(true);
        const { entries } = await parsePayload(Buffer.from(after));
        expect(Buffer.from(entries[0]?.value ?? []).toString()).toBe(written);
        const read: unknown = parseYaml(after, { version: '1.1', schema: 'yaml-1.1' }).m.k;
        // What was a number or nothing may stay one; all else is a string to both.
        if (typeof read === 'number') expect(kept).toBe('5');
        else if (read === null) expect([kept, written]).toEqual(['', '']);
        else expect(read).toBe(written);
        if (!/["']/.test(after.split('\n')[2] ?? '')) plain += 1;
      }),
      { numRuns: 800 },
    );
    expect(plain).toBeGreaterThan(50);
  });

  it('added and removed again leaves the bytes as they were', async () => {
    const part = fc.constantFrom(
      'a: 1',
      'b: "x" # c',
      '# note',
      '',
      'c:\n    d: e',
      'f: |\n    x\n    y',
      'g: [1, 2]',
      "h: 'q'",
    );
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(part), value, fc.boolean(), async (parts, written, crlf) => {
        const lines = [
          'm:',
          '  first: "1"',
          ...parts.map((one) => (one === '' ? '' : `  ${one}`)),
          '  last: x',
          'n: y',
          '',
        ];
        const before = lines.join('\n').replaceAll('\n', crlf ? '\r\n' : '\n');
        const after = await edited(before, add('m.new', written));
        expect(after).not.toBe(before);
        expect(await edited(after, remove('m.new'))).toBe(before);
      }),
      { numRuns: 300 },
    );
  });
});
