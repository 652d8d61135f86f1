import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { layOutColumns } from '../../src/cli/columns.ts';
import { csvText, markdownText } from '../../src/cli/grid-text.ts';
import { wrap } from '../../src/cli/help/wrap.ts';
import { jsonText } from '../../src/cli/json-text.ts';

const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom(
    '\u001b]52;c;eA==\u0007',
    'a\u202eb',
    'a\nb',
    '\t',
    '\u009b31m',
    '\ud800',
    '=1+1',
    'a,"b"',
    '|',
  ),
);
const hostile = /[\p{C}\p{Zl}\p{Zp}]/u;

const wide = { room: 1000, ellipsis: '…' };

describe('records', () => {
  test('are separated by tabs for a program', async () => {
    const text = await layOutColumns(
      [
        ['a', { text: 'ok', tone: 'good' }],
        ['long', 'x'],
      ],
      { aligned: null, colour: false },
    );
    expect(text).toBe('a\tok\nlong\tx\n');
  });

  test('are aligned for a person, by cells and not by characters', async () => {
    const rows = [
      ['é', 'x'],
      ['日本', 'y'],
      ['abc', 'z'],
    ];
    expect(await layOutColumns(rows, { aligned: wide, colour: false })).toBe('é     x\n日本  y\nabc   z\n');
  });

  test('are coloured only when asked, with the palette of the terminal', async () => {
    const row = [{ text: 'drift', tone: 'doubtful' as const }, 'x'];
    expect(await layOutColumns([row], { aligned: wide, colour: true })).toBe('\u001b[33mdrift\u001b[m  x\n');
    expect(await layOutColumns([row], { aligned: wide, colour: false })).toBe('drift  x\n');
  });

  test('stand below their record where they are sentences, broken between words, and in one line for a program', async () => {
    const rows = [
      ['high', 'db.age', 'two readers too many', 'a'],
      ['low', 'x.age', 'one\u001b[2J', 'b'],
    ];
    const narrow = { room: 18, ellipsis: '…' };
    expect(await layOutColumns(rows, { aligned: narrow, colour: false, below: 2 })).toBe(
      'high  db.age\n    two readers\n    too many\n    a\nlow   x.age\n    one^[[2J\n    b\n',
    );
    expect(await layOutColumns(rows.slice(0, 1), { aligned: null, colour: false, below: 2 })).toBe(
      'high\tdb.age\ttwo readers too many\ta\n',
    );
  });

  test('stay one line each whatever the names', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(anyText, { minLength: 2, maxLength: 2 })),
        fc.boolean(),
        async (rows, aligned) => {
          const text = await layOutColumns(rows, { aligned: aligned ? wide : null, colour: false });
          const lines = text.split('\n').slice(0, -1);
          expect(lines).toHaveLength(rows.length);
          for (const line of lines) {
            expect(line.split('\t')).toHaveLength(aligned ? 1 : 2);
            expect(line.replaceAll('\t', '')).not.toMatch(hostile);
          }
        },
      ),
    );
  });
});

describe('records that are wider than the terminal', () => {
  const row = (path: string, readers: string) => [
    { text: path, yields: 'path' as const },
    'age',
    { text: 'drift', tone: 'doubtful' as const },
    { text: readers, yields: 'list' as const },
  ];
  const rows = [
    row('secrets/services/grafana/oidc.yaml.age', 'alice, bob, atlas, cygnus, borealis'),
    row('db.age', 'alice'),
  ];
  const at = async (room: number, ellipsis = '…') =>
    layOutColumns(rows, { aligned: { room, ellipsis }, colour: false });

  test('keep the end of the path, the state, and whole names of readers', async () => {
    expect(await at(100)).toContain(
      'secrets/services/grafana/oidc.yaml.age  age  drift  alice, bob, atlas, cygnus, borealis\n',
    );
    expect(await at(76)).toContain(
      'secrets/services/grafana/oidc.yaml.age  age  drift  alice, bob, atlas, …\n',
    );
    expect(await at(60)).toBe(
      '…ces/grafana/oidc.yaml.age  age  drift  alice, bob, atlas, …\n' +
        'db.age                      age  drift  alice\n',
    );
    expect(await at(36)).toContain('…rafana/oidc.yaml.age  age  drift  …\n');
    expect(await at(60, '...')).toContain('...s/grafana/oidc.yaml.age  age  drift  alice, bob, ...\n');
  });

  test('never cut a state, and fit wherever states and a few letters of a path do', async () => {
    for (let room = 10; room < 100; room += 1) {
      for (const line of (await at(room)).trimEnd().split('\n')) {
        expect(line).toContain('age  drift');
        if (room >= 26) expect(line.length).toBeLessThanOrEqual(room);
      }
    }
  });

  test('are never cut for a program', async () => {
    const text = await layOutColumns(rows, { aligned: null, colour: false, frozen: 1 });
    expect(text.split('\n')[0]).toBe(
      'secrets/services/grafana/oidc.yaml.age\tage\tdrift\talice, bob, atlas, cygnus, borealis',
    );
  });

  test('continue below, beside what names them', async () => {
    const grid = [
      ['secret', 'state', 'alice', 'borealis', 'cygnus'],
      ['db.age', 'ok', 'yes', '-', 'extra'],
    ];
    const text = await layOutColumns(grid, {
      aligned: { room: 32, ellipsis: '…' },
      colour: false,
      frozen: 2,
    });
    expect(text).toBe(
      'secret  state  alice  borealis\ndb.age  ok     yes    -\n\n' +
        'secret  state  cygnus\ndb.age  ok     extra\n',
    );
  });
});

describe('JSON', () => {
  test('is one line that reads back as it was, and holds nothing that drives a terminal', () => {
    fc.assert(
      fc.property(anyText, fc.string({ unit: 'binary' }), (name, value) => {
        const text = jsonText({ [name]: value });
        expect(JSON.parse(text)).toEqual({ [name]: value });
        expect(text.slice(0, -1)).not.toMatch(hostile);
        expect(text.at(-1)).toBe('\n');
      }),
    );
  });
});

describe('a grid', () => {
  test('as CSV quotes what needs it and disarms formulas', () => {
    expect(csvText([['a,b', 'say "x"', '=1+1', '-', '-x', '@a', '+1', 'a=b']])).toBe(
      `"a,b","say ""x""",'=1+1,-,'-x,'@a,'+1,a=b\n`,
    );
  });

  test('as Markdown lets no name become markup', () => {
    expect(markdownText([['a'], ['[x](y) <b> | `c`']])).toBe(
      '| a |\n| --- |\n| \\[x\\]\\(y\\) \\<b\\> \\| \\`c\\` |\n',
    );
  });

  test('has as many lines as rows whatever the names', () => {
    fc.assert(
      fc.property(fc.array(fc.array(anyText, { minLength: 1, maxLength: 3 }), { minLength: 1 }), (grid) => {
        expect(csvText(grid).split('\n')).toHaveLength(grid.length + 1);
        expect(markdownText(grid).split('\n')).toHaveLength(grid.length + 2);
        expect(csvText(grid).replaceAll('\n', '')).not.toMatch(hostile);
      }),
    );
  });
});

describe('help text', () => {
  test('is broken between words and never inside one', () => {
    expect(wrap('one two three', 9, '  ')).toEqual(['  one two', '  three']);
    expect(wrap('averylongword x', 5)).toEqual(['averylongword', 'x']);
  });
});
