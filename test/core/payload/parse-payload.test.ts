import { Buffer } from 'node:buffer';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parsePayload } from '../../../src/core/payload/parse-payload.ts';

const read = async (text: string): Promise<{ kind: string; values: Record<string, string> }> => {
  const payload = await parsePayload(Buffer.from(text));
  const values = payload.entries.map(
    ({ path, value }) => [path.join('/'), Buffer.from(value).toString()] as const,
  );
  return { kind: payload.kind, values: Object.fromEntries(values) };
};
const kindOf = async (text: string): Promise<string> => (await parsePayload(Buffer.from(text))).kind;

describe('what stays text', () => {
  it.each([
    'correct horse battery staple',
    'hunter2\n',
    'dGVzdA==\n',
    'Zm9vYmFy\nZm9vYg==\n',
    'QUJDREVGRw=',
    'P4ss=w0rd!',
    'a=b',
    'XK=f9$',
    'aG9_x1Y=Zm9v',
    'my wifi: the best one',
    'foo: bar',
    'abc:def',
    '12:34:56:78:9a:bc',
    'https://user:pass@host.example/path?a=b&c=d',
    'postgres://app:pw@db/prod?sslmode=require',
    'user:$2y$05$abcdefghijklmnopqrstuv',
    '[not ini',
    '[section]',
    '{not json}',
    '{}',
    '[]',
    '"just a string"',
    '42',
    'null',
    '- one\n- two\n',
    '# created: 2024-01-01T00:00:00Z\n# public key: age1xyz\nAGE-SECRET-KEY-1ABC\n',
    'A=1\nand then some prose\n',
    '-----BEGIN CERTIFICATE-----\nMIIB\n',
    '-----BEGIN A-----\nx\n-----END B-----\n',
    'Dear Bob: hello\nsee you at noon\n',
    ': :',
    '=',
    '==',
    '',
    '\n',
    '# only a comment\n',
  ])('%j', async (text) => {
    expect(await kindOf(text)).toBe('text');
  });

  it('holds for random passwords of every usual alphabet', async () => {
    const password = fc.string({
      unit: fc.constantFrom(...'abcXYZ019=:#+/-_!$"{}[]\' '),
      minLength: 8,
      maxLength: 40,
    });
    const base64 = fc
      .uint8Array({ minLength: 1, maxLength: 48 })
      .map((bytes) => Buffer.from(bytes).toString('base64'));
    const base64url = fc
      .uint8Array({ minLength: 1, maxLength: 48 })
      .map((bytes) => Buffer.from(bytes).toString('base64url'));
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          base64,
          base64url,
          base64.map((text) => `${text}\n`),
        ),
        async (text) => {
          expect(await kindOf(text)).toBe('text');
        },
      ),
      { numRuns: 1000 },
    );
    let taken = 0;
    await fc.assert(
      fc.asyncProperty(password, async (text) => {
        if ((await kindOf(text)) !== 'text') taken += 1;
      }),
      { numRuns: 1000, seed: 1 },
    );
    // Such a string can be JSON or YAML by chance; it must stay a rarity.
    expect(taken).toBeLessThanOrEqual(5);
  });
});

describe('dotenv', () => {
  it('reads assignments, exports, comments, quotes and empty values', async () => {
    const text = [
      '# database',
      'DB_USER=app',
      'export DB_PASSWORD="p#ss\\"w\\\\o\\nrd"  # rotated',
      "SINGLE='a $b \\n #c'",
      'EMPTY=',
      'SPACED=hello world   # note',
      'HASH=abc#def',
      '',
      'URL=postgres://a:b@c/d?e=f',
      'HALF="open',
    ].join('\n');
    expect(await read(text)).toEqual({
      kind: 'dotenv',
      values: {
        DB_USER: 'app',
        DB_PASSWORD: 'p#ss"w\\o\nrd',
        SINGLE: 'a $b \\n #c',
        EMPTY: '',
        SPACED: 'hello world',
        HASH: 'abc#def',
        URL: 'postgres://a:b@c/d?e=f',
        HALF: '"open',
      },
    });
  });

  it('reads values in quotes over several lines', async () => {
    const text = 'KEY="-----BEGIN X-----\nabc\n-----END X-----"\nOTHER=1\n';
    expect(await read(text)).toEqual({
      kind: 'dotenv',
      values: { KEY: '-----BEGIN X-----\nabc\n-----END X-----', OTHER: '1' },
    });
  });

  it.each(['SMTP_PASSWORD=abc\n', 'home_psk=correct horse\n', 'TOKEN=x=y\n', 'export A=b\n', 'password=x'])(
    'takes the single line %j',
    async (text) => {
      expect(await kindOf(text)).toBe('dotenv');
    },
  );

  it('numbers a variable that is set twice', async () => {
    expect((await read('A=1\nB=2\nA=3\n')).values).toEqual({ 'A/0': '1', B: '2', 'A/1': '3' });
  });

  it('reads CRLF files and a byte order mark', async () => {
    expect(await read('\ufeffA=1\r\nB=2\r\n')).toEqual({ kind: 'dotenv', values: { A: '1', B: '2' } });
  });
});

describe('json', () => {
  it('lists the leaves with decoded strings and numbers as written', async () => {
    const text =
      '{"db":{"password":"a\\u00e9\\"b","port":5432},"ids":[1.0,12345678901234567890,true,null],"none":{},"no":[]}';
    expect(await read(text)).toEqual({
      kind: 'json',
      values: {
        'db/password': 'aé"b',
        'db/port': '5432',
        'ids/0': '1.0',
        'ids/1': '12345678901234567890',
        'ids/2': 'true',
        'ids/3': 'null',
        none: '{}',
        no: '[]',
      },
    });
  });

  it('agrees with JSON.parse on every document', async () => {
    const leaves = (value: unknown, path: string[]): [string, string][] => {
      if (typeof value !== 'object' || value === null)
        return [[JSON.stringify(path), typeof value === 'string' ? value : JSON.stringify(value)]];
      const entries = Object.entries(value);
      if (entries.length === 0) return [[JSON.stringify(path), Array.isArray(value) ? '[]' : '{}']];
      return entries.flatMap(([key, child]) => leaves(child, [...path, key]));
    };
    await fc.assert(
      fc.asyncProperty(fc.json({ depthSize: 'medium' }), fc.constantFrom(0, 2), async (json, indent) => {
        const value: unknown = JSON.parse(json);
        fc.pre(typeof value === 'object' && value !== null && Object.keys(value).length > 0);
        const payload = await parsePayload(Buffer.from(JSON.stringify(value, null, indent)));
        expect(payload.kind).toBe('json');
        const listed = payload.entries.map((entry) => [
          JSON.stringify(entry.path),
          Buffer.from(entry.value).toString(),
        ]);
        const sorted = (list: string[][]): string[] => list.map((pair) => pair.join()).sort();
        expect(sorted(listed)).toEqual(sorted(leaves(value, [])));
      }),
      { numRuns: 500 },
    );
  });

  it('does not choose between duplicate keys', async () => {
    expect(await kindOf('{"a":1,"a":2}')).toBe('text');
    expect(await kindOf('{"a":{"b":1},"c":{"b":2}}')).toBe('json');
  });

  it('keeps __proto__ a plain key', async () => {
    const { kind, values } = await read('{"__proto__":{"polluted":"x"},"constructor":"y"}');
    expect([kind, values['__proto__/polluted'], values['constructor']]).toEqual(['json', 'x', 'y']);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });
});

describe('yaml', () => {
  it('lists the leaves of nested mappings and lists, decoded, numbers as written', async () => {
    const text = [
      '# secrets',
      'db:',
      '  password: "s3\\"cr\\u00e9t" # rotated',
      '  mode: 0755',
      '  note: |',
      '    two',
      '    lines',
      'users:',
      '  - name: anna',
      '    pin: 0123',
      '  - name: bob',
      'empty:',
      'none: {}',
    ].join('\n');
    expect(await read(text)).toEqual({
      kind: 'yaml',
      values: {
        'db/password': 's3"crét',
        'db/mode': '0755',
        'db/note': 'two\nlines\n',
        'users/0/name': 'anna',
        'users/0/pin': '0123',
        'users/1/name': 'bob',
        empty: '',
        none: '{}',
      },
    });
  });

  it('follows aliases', async () => {
    expect(await read('---\na: &x secret\nb: *x\nc: &m\n  d: e\nf: *m\n')).toEqual({
      kind: 'yaml',
      values: { a: 'secret', b: 'secret', 'c/d': 'e', 'f/d': 'e' },
    });
  });

  it.each([
    'a: 1\na: 2\nb:\n  c: 3\n',
    '? [x]\n: 1\nb:\n  c: 1\n',
    'a:\n  b: "open\n',
    'a: *missing\nb:\n  - @\n',
  ])('leaves %j as it is', async (text) => {
    expect(['text', 'key-value']).toContain(await kindOf(text));
  });

  it('does not let tags change a value', async () => {
    expect((await read('a: !!binary aGVsbG8=\nb: !!timestamp "2001-99-99"\nc:\n  - x\n')).values).toEqual({
      a: 'aGVsbG8=',
      b: '2001-99-99',
      'c/0': 'x',
    });
  });
});

describe('ini', () => {
  it('reads sections, and numbers the ones that repeat', async () => {
    const text =
      '[Interface]\nPrivateKey = aGk=\n; note\n[Peer]\nPublicKey=x\nAllowedIPs = 10.0.0.1\nAllowedIPs = 10.0.0.2\n[Peer]\nPublicKey = "y"\n';
    expect(await read(text)).toEqual({
      kind: 'ini',
      values: {
        'Interface/PrivateKey': 'aGk=',
        'Peer/0/PublicKey': 'x',
        'Peer/0/AllowedIPs/0': '10.0.0.1',
        'Peer/0/AllowedIPs/1': '10.0.0.2',
        'Peer/1/PublicKey': 'y',
      },
    });
  });
});

describe('pem', () => {
  it('lists blocks by label with their bytes', async () => {
    const certificate = '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n';
    const key = '-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----\n';
    expect(await read(`# web1\n${certificate}\n${key}${certificate}`)).toEqual({
      kind: 'pem',
      values: { 'CERTIFICATE/0': certificate, 'RSA PRIVATE KEY': key, 'CERTIFICATE/1': certificate },
    });
  });
});

describe('key-value text', () => {
  it('reads lines with either separator and cuts nothing from a value', async () => {
    expect(
      await read('user: app\npassword: abc #1\nrecovery code = "x y"\nurl: https://a.example/\n'),
    ).toEqual({
      kind: 'key-value',
      values: { user: 'app', password: 'abc #1', 'recovery code': 'x y', url: 'https://a.example/' },
    });
  });

  it('takes a single line only under a telling name', async () => {
    expect(await read('password: hunter2\n')).toEqual({ kind: 'key-value', values: { password: 'hunter2' } });
    expect((await read('access-tokens = forge.example=x\n')).values).toEqual({
      'access-tokens': 'forge.example=x',
    });
    expect(await kindOf('Monday: rain')).toBe('text');
  });
});

describe('shape', () => {
  it('tells the final newline and counts lines as an editor does', async () => {
    for (const [text, finalNewline, lines] of [
      ['', false, 0],
      ['a', false, 1],
      ['a\n', true, 1],
      ['a\nb', false, 2],
      ['\n\n', true, 2],
    ] as const) {
      expect(await parsePayload(Buffer.from(text))).toMatchObject({ finalNewline, lines });
    }
  });

  it('calls bytes that are no UTF-8, or hold a NUL, binary', async () => {
    expect((await parsePayload(Uint8Array.of(0x41, 0xff))).kind).toBe('binary');
    expect((await parsePayload(Buffer.from('A=1\0B=2'))).kind).toBe('binary');
  });

  it('gives values that are copies: wiping them leaves the payload alone', async () => {
    const bytes = Buffer.from('DB_PASSWORD=secret\n');
    const payload = await parsePayload(bytes);
    for (const { value } of payload.entries) value.fill(0);
    expect(bytes.toString()).toBe('DB_PASSWORD=secret\n');
  });
});
