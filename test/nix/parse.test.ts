import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { AttributesNode, Binding, Expression } from '../../src/store/nix/ast.ts';
import { NixFailure } from '../../src/store/nix/nix-failure.ts';
import { parse } from '../../src/store/nix/parse.ts';
import { createSource, lineAndColumn } from '../../src/store/nix/source.ts';
import { evaluateText } from './support/evaluate-text.ts';
import { expressions, failures } from './support/expressions.ts';
import { expressionsIn, print } from './support/print-expression.ts';
import { programs } from './support/random-program.ts';
import { rulesFixtures } from './support/rules-fixtures.ts';

const tree = (text: string): Expression => parse(createSource('/r/x.nix', text));

const texts = [
  ...Object.values(expressions).flatMap((table) => table.map(([text]) => text)),
  ...rulesFixtures.flatMap(({ files }) => Object.values(files)),
].filter((text) => parses(text));

function parses(text: string): boolean {
  try {
    tree(text);
    return true;
  } catch (error) {
    if (error instanceof NixFailure) return false;
    throw error;
  }
}

/** False for a set that dotted bindings made or added to: its text is in several places. */
const isInOnePlace = (set: AttributesNode): boolean =>
  set.literal && [...set.bindings.values()].every(({ start, end }) => start >= set.start && end <= set.end);

describe('precedence', () => {
  test.each([
    ['a b c', '((a) (b)) (c)'],
    ['a.b c.d', '((a)."b") ((c)."d")'],
    ['f a.b or c d', '((f) ((a)."b" or (c))) (d)'],
    ['- a b', '- ((a) (b))'],
    ['-a ? b', '(- (a)) ? "b"'],
    ['a ? b.c ++ d', '((a) ? "b"."c") ++ (d)'],
    ['a ++ b ++ c', '(a) ++ ((b) ++ (c))'],
    ['a * b ++ c', '(a) * ((b) ++ (c))'],
    ['a - b - c', '((a) - (b)) - (c)'],
    ['a + b * c', '(a) + ((b) * (c))'],
    ['! a + b', '! ((a) + (b))'],
    ['! a // b', '(! (a)) // (b)'],
    ['! a ? b', '! ((a) ? "b")'],
    ['a // b // c', '(a) // ((b) // (c))'],
    ['a < b == c', '((a) < (b)) == (c)'],
    ['a == b && c', '((a) == (b)) && (c)'],
    ['a && b || c && d', '((a) && (b)) || ((c) && (d))'],
    ['a || b -> c -> d', '((a) || (b)) -> ((c) -> (d))'],
    ['[ a.b (c d) -1 ]', null],
    ['a: b: c d', 'a: b: (c) (d)'],
    ['with a; b c', 'with a; (b) (c)'],
    ['if a then b else c d', 'if a then b else (c) (d)'],
    ['{ a, b ? c, ... }@d: e', 'd@{ a, b ? c, ... }: e'],
    ['{ }: a', '{  }: a'],
    ['{ }', '{  }'],
    ['x: x:x', null],
    ['x:x', '"x:x"'],
    ['a/b', 'a/b'],
    ['a /b', '(a) (/b)'],
    ['a/ b', '(a) / (b)'],
    ['a / b', '(a) / (b)'],
    ['a.b/c', 'a.b/c'],
    ['./a//b', './a//b'],
    ['a//b', '(a) // (b)'],
    ['1.5/2', '1.5/2'],
    ['a<b', '(a) < (b)'],
    ['<a/b>', '<a/b>'],
    ['a-b', 'a-b'],
    ['a -b', '(a) - (b)'],
    ['-1', '- (1)'],
  ])('%s', (text, expected) => {
    if (expected === null) expect(parses(text)).toBe(text.includes('x:x'));
    else expect(print(tree(text))).toBe(expected);
  });
});

describe('ranges', () => {
  test.each(texts)('%s: the text of every node means the same', (text) => {
    for (const node of expressionsIn(tree(text))) {
      if (node.type === 'attributes' && !isInOnePlace(node)) continue;
      const source = node.source.text.slice(node.start, node.end);
      expect(print(tree(source))).toBe(print(node));
    }
  });

  test('of a binding cover it from name to semicolon', () => {
    const text = '{ /* x */ users.alice = "k"; inherit (a) b c; }';
    const set = tree(text);
    const bindings: Binding[] = set.type === 'attributes' ? [...set.bindings.values()] : [];
    const inner = bindings[0]?.value;
    const alice = inner?.type === 'attributes' ? inner.bindings.get('alice') : undefined;
    expect(text.slice(alice?.start, alice?.end)).toBe('users.alice = "k";');
    expect(alice?.path).toEqual(['users', 'alice']);
    expect(bindings.slice(1).map(({ start, end }) => text.slice(start, end))).toEqual([
      'inherit (a) b c;',
      'inherit (a) b c;',
    ]);
  });

  test('count lines from 1 and columns in characters', () => {
    const text = Buffer.from('1 +\n  /* ü */ x', 'utf8').toString('latin1');
    const source = createSource('/r/x.nix', text);
    const node = parse(source);
    const at = node.type === 'binary' ? lineAndColumn(source, node.right.start) : null;
    expect(at).toEqual({ line: 2, column: 11 });
    expect(source.comments.map(([start, end]) => text.slice(start, end))).toEqual([
      Buffer.from('/* ü */').toString('latin1'),
    ]);
  });
});

describe('properties', () => {
  test.each(texts)('printing and parsing again changes nothing: %s', (text) => {
    const printed = print(tree(text));
    expect(print(tree(printed))).toBe(printed);
  });

  test('random programs survive printing, and mean the same', () => {
    fc.assert(
      fc.property(programs, (text) => {
        const latin = Buffer.from(text, 'utf8').toString('latin1');
        const printed = Buffer.from(print(tree(latin)), 'latin1').toString('utf8');
        expect({ ...evaluateText(printed), line: 0 }).toEqual({ ...evaluateText(text), line: 0 });
      }),
      { numRuns: 500 },
    );
  });

  const pieces = fc.constantFrom(
    ..."{ } [ ] ( ) ; , : = . .. ... @ ? ! - + * / // ++ -> && || == != < > <= >= \" '' ${ $ $$ ' # /* */ \\ a b x.y ./a ~/b <c> 1 1.5 0.5e3 a:b let in rec with if then else assert inherit or import builtins map true null".split(
      ' ',
    ),
    ' ',
    '\n',
    '\0',
    '\u00e9',
  );
  const soup = fc.array(pieces, { maxLength: 60 }).map((parts) => parts.join(''));
  const bytes = fc.uint8Array({ maxLength: 200 }).map((array) => Buffer.from(array).toString('latin1'));
  const mutated = fc
    .tuple(fc.constantFrom(...texts, ...failures.map(([text]) => text)), fc.nat(), fc.nat(30), pieces)
    .map(([text, at, length, piece]) => {
      const start = at % (text.length + 1);
      return text.slice(0, start) + piece + text.slice(start + length);
    });

  test.each([
    ['pieces', soup],
    ['bytes', bytes],
    ['mutations', mutated],
  ])('random %s give a value or a typed failure', (_, arbitrary) => {
    let values = 0;
    let typed = 0;
    fc.assert(
      fc.property(arbitrary, (text) => {
        // Throws on anything that is not a NixFailure.
        if ('value' in evaluateText(text)) values++;
        else typed++;
      }),
      { numRuns: 3000 },
    );
    expect(typed).toBeGreaterThan(100);
    expect(values + typed).toBeGreaterThanOrEqual(3000);
  });
});
