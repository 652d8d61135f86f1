import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { valuesOf } from '../../src/cli/invocation.ts';
import { parseCommandLine } from '../../src/cli/parse-command-line.ts';

const parse = (...words: string[]) => parseCommandLine(words, (word) => word.includes('/') || word === '.');

const understood = (...words: string[]) => {
  const parsed = parse(...words);
  if (!parsed.ok) throw new Error(parsed.error.says);
  const { wants, positionals, options } = parsed.value;
  return { wants, positionals, options: Object.fromEntries(options) };
};

const complaint = (...words: string[]) => {
  const parsed = parse(...words);
  return parsed.ok ? 'understood' : `${parsed.error.code}: ${parsed.error.says} | ${parsed.error.hint}`;
};

describe('a command line', () => {
  test('without words opens the UI', () => {
    expect(understood()).toEqual({ wants: { kind: 'ui' }, positionals: [], options: {} });
  });

  test('with a path opens the UI there; -- makes any word a path', () => {
    expect(understood('./nix').positionals).toEqual(['./nix']);
    expect(understood('--', 'list')).toEqual({ wants: { kind: 'ui' }, positionals: ['list'], options: {} });
  });

  test.each([
    ['list', 'list'],
    ['ls', 'list'],
    ['get', 'get'],
    ['show', 'get'],
    ['cat', 'get'],
  ])('%s is the command %s', (word, name) => {
    expect(understood(word, ...(name === 'get' ? ['a.age'] : [])).wants).toEqual({ kind: 'command', name });
  });

  test('takes options in every way GNU programs do', () => {
    const same = { repo: ['dir'], identity: ['a', 'b'], json: [], quiet: [], verbose: [] };
    expect(understood('list', '-C', 'dir', '-i', 'a', '-i', 'b', '--json', '-q', '-v').options).toEqual(same);
    expect(understood('-Cdir', '-ia', '--json', 'list', '--identity=b', '-qv').options).toEqual(same);
    expect(understood('-qvC', 'dir', '--identity', 'a', 'list', '-ib', '--json').options).toEqual(same);
  });

  test('keeps an option value as it is, even with equals signs or a leading dash', () => {
    expect(understood('list', '--reader=a=b', '--reader', '-x').options).toEqual({ reader: ['a=b', '-x'] });
  });

  test('ends options at --, so that names may start with a dash', () => {
    expect(understood('get', '--', '-i.age').positionals).toEqual(['-i.age']);
    expect(understood('list', '-q', '--', '--json', '--').positionals).toEqual(['--json', '--']);
  });

  test('asks for help or the version wherever that is written', () => {
    expect(understood('--help').wants).toEqual({ kind: 'help', command: null });
    expect(understood('get', '-h').wants).toEqual({ kind: 'help', command: 'get' });
    expect(understood('--version').wants).toEqual({ kind: 'version' });
  });

  test.each([
    [['lisst'], 'unknown command: lisst | did you mean keyhole list?'],
    [['import'], 'unknown command: import | keyhole --help lists the commands'],
    [['list', '--sate', 'ok'], 'unknown option: --sate | did you mean --state?'],
    [['--reader', 'x', 'list'], 'unknown option: --reader | options of a command come after its name'],
    [['get'], 'get needs SECRET'],
    [['get', 'a', 'b'], 'get takes one SECRET'],
    [['check', 'x'], 'check takes no argument'],
    [
      ['list', '--state', 'broken'],
      '--state is one of ok, drift, missing, orphan, damaged, unknown, not "broken"',
    ],
    [['list', '--state'], '--state needs a value'],
    [['list', '--state='], '--state needs a value'],
    [['list', '--json=yes'], '--json takes no value'],
    [['list', '-C', 'a', '-C', 'b'], '--repo is given more than once'],
    [['completion', 'csh'], 'SHELL is one of bash, zsh, fish, not "csh"'],
    [['-C', 'a', './b'], 'PATH and --repo say the same thing'],
    [['./a', './b'], 'only one PATH'],
  ])('%j is refused', (words, says) => {
    expect(complaint(...words)).toContain(`usage: ${says}`);
  });

  test('is never misread: whatever the names, they come out as they went in', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: 'binary' }), { minLength: 1 }),
        fc.string({ minLength: 1 }),
        (names, value) => {
          const parsed = parse('list', '--reader', value, '--', ...names);
          expect(parsed.ok && parsed.value.positionals).toEqual(names);
          expect(parsed.ok && valuesOf(parsed.value, 'reader')).toEqual([value]);
        },
      ),
    );
  });

  test('of any words gives an invocation or a usage error, never an exception', () => {
    const word = fc.oneof(
      fc.string(),
      fc.constantFrom('-', '--', '-C', '-qv', '--json', 'list', '--state', '=', '--='),
    );
    fc.assert(
      fc.property(fc.array(word), (words) => {
        const parsed = parse(...words);
        expect(parsed.ok || parsed.error.code).toSatisfy((is) => is === true || is === 'usage');
      }),
    );
  });
});
