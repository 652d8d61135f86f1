import { Buffer } from 'node:buffer';
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { parsePayload } from '../../../src/core/payload/parse-payload.ts';
import { isTameYaml } from '../../../src/core/payload/yaml-guards.ts';

const aliasBomb = [
  'a: &a ["x","x","x","x","x","x","x","x","x"]',
  ...'bcdefghij'.split('').map((name, index) => {
    const previous = 'abcdefghij'.charAt(index);
    return `${name}: &${name} [${Array(9).fill(`*${previous}`).join(',')}]`;
  }),
].join('\n');

const hostile: readonly (readonly [string, string])[] = [
  ['a YAML alias bomb', aliasBomb],
  ['an alias to itself', 'a: &a\n  b: *a\n'],
  ['YAML flow nesting', `a: ${'['.repeat(20_000)}\n`],
  ['repeated unclosed flow documents', `a:\n  b: 1\n${`${'['.repeat(1000)}\n---\n`.repeat(40)}`],
  ['YAML indent nesting', Array.from({ length: 1000 }, (_, depth) => `${' '.repeat(depth)}k:`).join('\n')],
  ['YAML compact nesting', `a:\n  ${'- '.repeat(10_000)}x\n`],
  ['YAML explicit key nesting', `a: "b"\n${'? '.repeat(10_000)}x\n`],
  ['many YAML keys', `a: "b"\n${Array.from({ length: 200_000 }, (_, index) => `k${index}: v`).join('\n')}`],
  ['an anchor with whitespace', 'a: &\u2028x b\nc:\n  d: *\u2028x\n'],
  ['deep JSON', `${'['.repeat(100_000)}1${']'.repeat(100_000)}`],
  ['deep JSON objects', `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`],
  ['wide JSON', `[${'1,'.repeat(400_000)}1]`],
  ['a long JSON string', `{"a":"${'\\\\'.repeat(400_000)}"}`],
  ['a long line', `A=${'x'.repeat(1_000_000)}\nB=1\n`],
  ['many quotes', `A=${'"\\'.repeat(300_000)}`],
  ['open quotes on every line', 'A="\n'.repeat(100_000)],
  ['many sections', '[a]\nb=1\n'.repeat(100_000)],
  ['PEM that never ends', `-----BEGIN X-----\n${'-----BEGIN X-----\n'.repeat(50_000)}`],
  ['blanks', ' '.repeat(1_000_000)],
  ['blank lines', '\n'.repeat(1_000_000)],
  ['colons', `${': '.repeat(300_000)}\n`],
  ['a megabyte of one word', 'password: '.padEnd(1_000_000, 'x')],
  ['long keys', `${'k'.repeat(500_000)}: "v"\n`],
];

describe('a hostile payload', () => {
  it.each(hostile)('is taken without a throw or a hang: %s', async (_, text) => {
    const payload = await parsePayload(Buffer.from(text));
    expect(payload.entries.length).toBeLessThanOrEqual(10_000);
    expect(payload.lines).toBeGreaterThan(0);
  });

  it('is refused by the guards before the yaml library sees it, while ordinary documents pass', () => {
    expect(isTameYaml(`a: ${'['.repeat(65)}`)).toBe(false);
    expect(isTameYaml(`a: ${'['.repeat(64)}${']'.repeat(64)}`)).toBe(true);
    expect(isTameYaml(`${' '.repeat(401)}a: 1`)).toBe(false);
    expect(isTameYaml(`a:\n${' '.repeat(400)}`)).toBe(true);
    expect(isTameYaml(`${'- '.repeat(201)}x`)).toBe(false);
    expect(isTameYaml('a:\n  b: [1, {c: d}]\n')).toBe(true);
  });

  it('makes nothing reach the console', async () => {
    const spies = (['log', 'warn', 'error'] as const).map((name) => vi.spyOn(console, name));
    const warning = vi.spyOn(process, 'emitWarning');
    await parsePayload(Buffer.from('a: !unknown secret-marker\nb:\n  - !!binary secret-marker\n'));
    await parsePayload(Buffer.from('a: "secret-marker\nb:\n  - x\n'));
    for (const spy of [...spies, warning]) expect(spy).not.toHaveBeenCalled();
    vi.restoreAllMocks();
  });

  it('never throws on YAML-like rubble', async () => {
    const rubble = fc.array(
      fc.constantFrom(
        'a',
        ': ',
        '- ',
        '\n',
        '\n  ',
        '[',
        ']',
        '{',
        '}',
        '&a ',
        '*a',
        '|',
        '>',
        '"',
        "'",
        '#',
        '? ',
        '!x ',
        '---\n',
        '\t',
        '%',
        '=',
        'é',
      ),
      { maxLength: 60 },
    );
    await fc.assert(
      fc.asyncProperty(rubble, async (parts) => {
        await parsePayload(Buffer.from(`a: "b"\n${parts.join('')}`));
        await parsePayload(Buffer.from(parts.join('')));
      }),
      { numRuns: 2000 },
    );
  });

  it('never throws on any bytes, and its paths are unique', async () => {
    const line = fc.tuple(
      fc.constantFrom('A', 'b.c', '[s]', 'export X', '"q"'),
      fc.constantFrom('=', ': ', ' = ', ''),
      fc.string(),
    );
    const text = fc.array(line).map((lines) => lines.map((parts) => parts.join('')).join('\n'));
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.uint8Array(),
          text.map((lines) => Buffer.from(lines)),
        ),
        async (bytes) => {
          const { entries } = await parsePayload(bytes);
          const paths = entries.map(({ path }) => JSON.stringify(path));
          expect(entries.every(({ path }) => path.length > 0)).toBe(true);
          if (!paths.some((path) => /"\d+"\]$/.test(path))) expect(new Set(paths).size).toBe(paths.length);
        },
      ),
      { numRuns: 1000 },
    );
  });
});
