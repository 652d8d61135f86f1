import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { add, edited, remove, rename, set } from './edited.ts';

const file = [
  '# database',
  'DB_USER=app   # the owner',
  'DB_PASSWORD="p\\"w"  # rotated',
  "SINGLE='a b'",
  '',
  'EMPTY=',
  'LAST=x',
  '# the end',
  '',
].join('\n');

describe('one value of a dotenv file', () => {
  it.each([
    ['DB_USER', 'root', 'DB_USER=app ', 'DB_USER=root '],
    ['DB_PASSWORD', 'x', '"p\\"w"', '"x"'],
    ['DB_PASSWORD', 'a"b\\c', '"p\\"w"', '"a\\"b\\\\c"'],
    ['SINGLE', 'a"$b #c', "'a b'", "'a\"$b #c'"],
    ['SINGLE', "it's", "'a b'", '"it\'s"'],
    ['EMPTY', 'now', 'EMPTY=', 'EMPTY=now'],
    ['LAST', '', 'LAST=x', 'LAST='],
    ['LAST', 'two words', 'LAST=x', "LAST='two words'"],
    ['LAST', ' led', 'LAST=x', "LAST=' led'"],
    ['LAST', 'a\nb', 'LAST=x', "LAST='a\nb'"],
    ['LAST', 'a#b', 'LAST=x', "LAST='a#b'"],
    ['LAST', '$(rm -rf)', 'LAST=x', "LAST='$(rm -rf)'"],
    ['LAST', "a'b\r", 'LAST=x', 'LAST="a\'b\\r"'],
    ['LAST', 'aGk=', 'LAST=x', 'LAST=aGk='],
  ])('%s becomes %j and nothing else changes', async (key, value, before, after) => {
    expect(file).toContain(before);
    expect(await edited(file, set(key, value))).toBe(file.replace(before, () => after));
  });

  it('stays bare where the file has such bare values already, and no shell reads it', async () => {
    expect(await edited('A=a&b\nB=x\n', set('B', 'c$d e'))).toBe('A=a&b\nB=c$d e\n');
    expect(await edited('export A=a&b\nB=x\n', set('B', 'c$d'))).toBe("export A=a&b\nB='c$d'\n");
  });

  it('keeps the kind of newline that its double quotes had', async () => {
    expect(await edited('A="x\\ny"\nB=1\n', set('A', 'p\nq'))).toBe('A="p\\nq"\nB=1\n');
    expect(await edited('A="x\ny"\nB=1\n', set('A', 'p\nq'))).toBe('A="p\nq"\nB=1\n');
  });

  it('keeps CRLF, a byte order mark, and the lack of a final newline', async () => {
    expect(await edited('\ufeffA=1\r\nB=2\r\nC=3', set('B', 'x\ny'))).toBe("\ufeffA=1\r\nB='x\r\ny'\r\nC=3");
    expect(await edited('A=1\r\nB=2', add('C', '3'))).toBe('A=1\r\nB=2\r\nC=3');
    expect(await edited('A=1\r\nB=2\r\nC=3', remove('C'))).toBe('A=1\r\nB=2');
    expect(await edited('A=1\nB=2\r\nC=3\n', remove('B'))).toBe('A=1\nC=3\n');
  });

  it('that is set to what it is changes no byte, whatever its style', async () => {
    const odd = 'A="x" \r\nB=\'y\'#\nC =1\n'.replace('C =1', 'C=1');
    expect(await edited(odd, set('A', 'x'))).toBe(odd);
  });
});

describe('keys of a dotenv file', () => {
  it('are added behind the last, spelled like it, before the comments at the end', async () => {
    expect(await edited(file, add('NEW', 'v'))).toBe(file.replace('LAST=x\n', 'LAST=x\nNEW=v\n'));
    expect(await edited('export A="1"\nexport B="2"\n', add('C', '3'))).toBe(
      'export A="1"\nexport B="2"\nexport C="3"\n',
    );
  });

  it('are removed with their line and its comment, quotes over several lines included', async () => {
    expect(await edited(file, remove('DB_USER'))).toBe(file.replace('DB_USER=app   # the owner\n', ''));
    expect(await edited('A="1\n2" # c\nB=3\nC=4\n', remove('A'))).toBe('B=3\nC=4\n');
  });

  it('are renamed in place', async () => {
    expect(await edited(file, rename('DB_USER', 'PGUSER'))).toBe(file.replace('DB_USER', 'PGUSER'));
    expect(await edited('A=1\nB=2\nA=3\n', rename('A.0', 'C'))).toBe('C=1\nB=2\nA=3\n');
  });

  it('that repeat are changed one by one', async () => {
    expect(await edited('A=1\nB=2\nA=3\n', set('A.1', 'x'))).toBe('A=1\nB=2\nA=x\n');
    expect(await edited('A=1\nB=2\nA=3\n', remove('A.0'))).toBe('B=2\nA=3\n');
  });

  it.each([
    ['a name that is not there', set('NONE', 'x'), 'not-found: no key NONE'],
    ['a name that is there', add('LAST', 'x'), 'usage: LAST is there already'],
    ['a name that is taken', rename('LAST', 'EMPTY'), 'usage: EMPTY is there already at 7:1'],
    ['a name that is none', rename('LAST', 'A B'), 'usage: A B cannot be a name here at 7:1'],
    ['a name inside a value', add('LAST.x', 'x'), 'not-found: no section LAST to add to'],
  ])('refuse %s', async (_, edit, says) => {
    expect(await edited(file, edit)).toBe(says);
  });

  it('are not removed when what is left would be read as something else', async () => {
    expect(await edited('A=1\nB=2\n', remove('B'))).toMatch(/^unsupported: .* dotenv as it is at 2:1$/);
  });

  it('refuse bytes that are no text, and payloads that have no keys', async () => {
    expect(await edited('A=1\nB=2\n', { kind: 'set', path: ['A'], value: Uint8Array.of(0xff) })).toBe(
      'unsupported: the value is not text',
    );
    expect(await edited('hunter2\n', set('A', 'x'))).toMatch(/^unsupported: the secret is text/);
  });
});

describe('any value', () => {
  const value = fc.string({ unit: fc.constantFrom(...'aZ09 =:#"\'\\$`&;|<>(){}[]*!~%@\t\n\ré😀') });
  const style = fc.constantFrom('x', '"x"', "'x'", '"a\\nb"', '');

  it('goes into any style and comes back, the rest unchanged', async () => {
    await fc.assert(
      fc.asyncProperty(value, style, fc.boolean(), async (text, written, exported) => {
        const before = `# c\n${exported ? 'export ' : ''}FIRST=${written} # mine\nSECOND=z\n`;
        const after = await edited(before, set('FIRST', text));
        if (exported && (text.includes('\r') || /'.*`|`.*'/s.test(text))) {
          expect(after).toMatch(/^unsupported: /);
          return;
        }
        expect(after.startsWith(`# c\n${exported ? 'export ' : ''}FIRST=`)).toBe(true);
        expect(after.endsWith(' # mine\nSECOND=z\n')).toBe(true);
        expect(await edited(after, set('FIRST', text))).toBe(after);
      }),
      { numRuns: 500 },
    );
  });

  it('added and removed again leaves the bytes as they were', async () => {
    const line = fc.constantFrom('# c', 'A=1', 'export B="x y"', "C='q'", '', '  D=2  # d', 'E="1\n2"');
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(line),
        value,
        fc.boolean(),
        fc.boolean(),
        async (lines, text, crlf, final) => {
          const before = `${['X_1=1', ...lines, 'X_2=2'].join('\n')}${final ? '\n' : ''}`.replaceAll(
            '\n',
            crlf ? '\r\n' : '\n',
          );
          const after = await edited(before, add('NEW', text));
          if (after.startsWith('unsupported: ')) return;
          expect(after).not.toBe(before);
          expect(await edited(after, remove('NEW'))).toBe(before);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('is what a shell reads, where a shell may read the file', async () => {
    const lines: string[] = [];
    const values = fc.sample(
      fc.string({ unit: fc.constantFrom(...'aZ09 =:#"\'\\$&;|<>(){}[]*!~%\n'), minLength: 1 }),
      { numRuns: 60, seed: 4 },
    );
    for (const [index, text] of values.entries()) {
      const after = await edited('export A=x\nexport B=y\n', set('A', text));
      expect(after).toContain('export B=y');
      lines.push(`${after}printf '%s\\0' "$A" # ${index}\n`);
    }
    const shell = spawnSync('sh', ['-s'], { input: lines.join('') });
    expect(shell.stdout.toString().split('\0').slice(0, -1)).toEqual(values);
  });
});
