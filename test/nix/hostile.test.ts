/* biome-ignore-all lint/suspicious/noTemplateCurlyInString: it is Nix text */
import { mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openJail } from '../../src/store/jail.ts';
import { limits } from '../../src/store/nix/limits.ts';
import { readRules } from '../../src/store/nix/read-rules.ts';
import { nixFilesOf } from '../../src/store/nix-files.ts';
import { evaluateText } from './support/evaluate-text.ts';
import { memoryFiles } from './support/memory-files.ts';
import { writeFiles } from './support/write-files.ts';

const nested = (open: string, inside: string, close: string, times = 100_000) =>
  open.repeat(times) + inside + close.repeat(times);

describe('ends with a typed failure', () => {
  test.each([
    ['parentheses', nested('(', '1', ')')],
    ['lists', nested('[', '', ']')],
    ['sets', nested('{a=', '1', ';}')],
    ['dotted sets', nested(`{${'a.'.repeat(50)}a=`, '1', ';}', 1000)],
    ['lets', nested('let a=1; in ', '1', '')],
    ['lambdas', nested('a: ', '1', '')],
    ['negations', nested('!', 'true', '')],
    ['minus signs', nested('- ', '1', '')],
    ['interpolations', nested('"${', '1', '}"')],
    ['interpolated paths', nested('./${', '1', '}')],
    ['conditions', nested('if ', 'true', ' then 1 else 1')],
    ['else branches', nested('if true then 1 else ', '1', '')],
    ['defaults', nested('{a ? ', '1', '}: 1')],
    ['or', nested('{}.a or ', '1', '')],
    ['concatenations', nested('[]++', '[]', '')],
    ['sums', nested('1+', '1', '')],
    ['calls', nested('map ', '1', '')],
    ['dynamic names', nested('{}.${', '"a"', '}')],
    ['attribute path', `{}${'.a'.repeat(100_000)}`],
    ['inherits', nested('{inherit (', '{}', ') a;}')],
  ])('for deep %s', (_, text) => {
    expect(evaluateText(text)).toMatchObject({ kind: 'limit' });
  });

  test.each([
    ['endless recursion', 'let f = x: f (x + 1); in f 0'],
    ['recursion that grows', 'let f = x: 1 + f (x + 1); in f 0'],
    ['recursion through sets', 'let f = x: { a = f x; }; in builtins.deepSeq (f 1) 1'],
    ['recursion through mapAttrs', 'let f = n: (builtins.mapAttrs (k: v: f (n + 1)) { a = 1; }).a; in f 0'],
    ['recursion through tryEval', 'let f = n: (builtins.tryEval (f (n + 1))).value; in f 0'],
    ['recursion through sort', 'let f = n: builtins.sort (a: b: f (n + 1)) [ 1 2 ]; in f 0'],
    ['recursion through functors', '{ __functor = s: x: s x; } 1'],
    ['recursion through __toString', 'let s = { __toString = s: "${s}"; }; in "${s}"'],
    ['recursion through JSON', 'let s = { outPath = s; }; in builtins.toJSON s'],
    ['deep equality', 'let f = n: if n == 0 then { } else { a = f (n - 1); }; in f 4000 == f 4000'],
    ['a long list', 'builtins.genList (x: x) 1000000000'],
    ['a list that doubles', "builtins.foldl' (l: x: l ++ l) [ 1 ] (builtins.genList (x: x) 40)"],
    ['a list that multiplies', 'let t = builtins.genList (x: x) 1000; in builtins.concatMap (x: t) t'],
    ['a string that doubles', 'builtins.foldl\' (s: x: s + s) "x" (builtins.genList (x: x) 60)'],
    [
      'a string that multiplies',
      'builtins.replaceStrings [ "" ] [ (builtins.concatStringsSep "" (builtins.genList (x: "xxxxxxxxxx") 10000)) ] (builtins.concatStringsSep "" (builtins.genList (x: "xxxxxxxxxx") 10000))',
    ],
    [
      'strings that multiply in JSON',
      'let f = n: if n == 0 then "x" else [ (f (n - 1)) (f (n - 1)) ]; in builtins.toJSON (f 30)',
    ],
    [
      'shared lists flattened to text',
      'let d = l: [ l l ]; in toString (builtins.foldl\' (l: x: d l) "x" (builtins.genList (x: x) 60))',
    ],
    [
      'shared lists looked through',
      'let f = n: if n == 0 then 1 else let l = f (n - 1); in [ l l ]; in f 60 == f 60',
    ],
    [
      'throws that are caught',
      'builtins.map (x: (builtins.tryEval (throw "x")).success) (builtins.genList (x: x) 100000)',
    ],
    [
      'nested loops',
      'let t = builtins.genList (x: x) 10000; in builtins.any (x: builtins.any (y: x + y < 0) t) t',
    ],
  ])('for %s', (_, text) => {
    expect(evaluateText(text)).toMatchObject({ kind: 'limit' });
  });

  test.each([
    ['nested stars', '(a*)*b', 'unsupported'],
    ['nested plus', '((a+)+)+b', 'value'],
    ['overlapping alternatives', '(a|a|aa|aaa)+b', 'value'],
    ['nested bounds', '((a{1,30}){1,30}){1,30}b', 'limit'],
    ['a huge bound', 'a{100000}', 'limit'],
    ['many optional', `${'a?'.repeat(500)}${'a'.repeat(500)}b`, 'value'],
    ['deep groups', `${'('.repeat(10_000)}a${')'.repeat(10_000)}`, 'limit'],
    ['dots', '.*.*.*.*.*.*.*.*b', 'value'],
  ])('or an answer, for the regular expression of %s', (_, pattern, outcome) => {
    const found = evaluateText(`builtins.match "${pattern}" "${'a'.repeat(3000)}"`);
    expect('kind' in found ? found.kind : 'value').toBe(outcome);
  });

  test('for import loops', () => {
    const found = evaluateText('import ./a.nix', { 'a.nix': 'import ./b.nix', 'b.nix': 'import ./a.nix' });
    expect(found).toMatchObject({ kind: 'failed', says: 'infinite recursion' });
  });

  test('for links in a circle', () => {
    const found = evaluateText('import ./a', { a: '-> b', b: '-> a' });
    expect(found).toMatchObject({ kind: 'failed', says: 'too many symbolic links' });
  });

  test('for too many files', () => {
    const files = Object.fromEntries(Array.from({ length: limits.files + 10 }, (_, n) => [`d/${n}`, 'x']));
    const text = 'map (n: builtins.readFile (./d + "/${n}")) (builtins.attrNames (builtins.readDir ./d))';
    expect(evaluateText(text, files)).toMatchObject({
      kind: 'limit',
      says: expect.stringContaining('files'),
    });
  });

  test('for too many bytes', () => {
    const big = 'x'.repeat(limits.stringBytes);
    const files = Object.fromEntries(Array.from({ length: 5 }, (_, n) => [`d/${n}`, big]));
    const text = 'map (n: builtins.stringLength (builtins.readFile (./d + "/${n}"))) [ "0" "1" "2" "3" "4" ]';
    expect(evaluateText(text, files)).toMatchObject({
      kind: 'limit',
      says: expect.stringContaining('bytes'),
    });
  });

  test('for a source that is too large', () => {
    expect(evaluateText(`"${'x'.repeat(limits.sourceBytes)}"`)).toMatchObject({ kind: 'limit' });
  });

  test('and a list of everything that cost nothing to lex', () => {
    const found = evaluateText('a.a.a.'.repeat(100_000));
    expect(found).toMatchObject({ kind: 'limit' });
    expect(evaluateText('a+'.repeat(300_000))).toMatchObject({ kind: 'syntax' });
    expect(evaluateText('${'.repeat(300_000))).toMatchObject({ kind: 'syntax' });
    expect(evaluateText("''$".repeat(300_000))).toMatchObject({ kind: 'syntax' });
  });
});

describe('stays inside the repository', () => {
  const outside = mkdtempSync(join(tmpdir(), 'keyhole-outside-'));
  writeFileSync(join(outside, 'keys.nix'), '"leaked"');

  const inJail = (text: string) => {
    const root = writeFiles({ 'secrets.nix': text, 'a.nix': '1' });
    symlinkSync(outside, join(root, 'out'));
    symlinkSync(join(outside, 'keys.nix'), join(root, 'keys.nix'));
    const jail = openJail(root);
    const result = readRules({ root, rulesPath: join(root, 'secrets.nix'), files: nixFilesOf(jail) });
    jail.close();
    return result;
  };
  const rule = (key: string) => `{ "a.age".publicKeys = [ (${key}) ]; }`;

  test.each([
    ['an absolute path', 'builtins.readFile "/etc/passwd"'],
    ['an absolute path literal', 'builtins.readFile /etc/passwd'],
    ['a climb', 'builtins.readFile ../../../../../../../../etc/passwd'],
    ['a climb in a string', 'builtins.readFile (./. + "/../../../../../../../etc/passwd")'],
    ['an interpolated climb', 'builtins.readFile ./${"../../../../../../etc"}/passwd'],
    ['a link to a file', 'import ./keys.nix'],
    ['a link to a directory', 'import ./out/keys.nix'],
    ['a linked file read', 'builtins.readFile ./keys.nix'],
    ['a listing', 'toString (builtins.attrNames (builtins.readDir /etc))'],
    ['a linked listing', 'toString (builtins.attrNames (builtins.readDir ./out))'],
    ['an import of /etc', 'import /etc/passwd'],
  ])('refuses %s', (_, key) => {
    const result = inJail(rule(key));
    expect(result).toMatchObject({ ok: false, error: { code: 'refused' } });
    expect(JSON.stringify(result)).not.toContain('leaked');
  });

  test('and cannot tell what is there', () => {
    const result = inJail(
      rule('toString (map builtins.pathExists [ /etc/passwd ./out ./out/keys.nix ./keys.nix ./a.nix ])'),
    );
    expect(result.ok && result.value.entries[0]?.publicKeys[0]?.text).toBe('1');
  });

  test('and sees no environment', () => {
    const result = inJail(rule('"x" + builtins.getEnv "PATH" + builtins.getEnv "HOME"'));
    expect(result.ok && result.value.entries[0]?.publicKeys[0]?.text).toBe('x');
  });

  test.each([
    'exec [ "id" ]',
    'fetchurl "http://127.0.0.1:1/"',
    'fetchTarball "x"',
    'fetchGit ./.',
    'getFlake "x"',
    'toFile "x" "y"',
    'storePath /x',
    'path { }',
    'filterSource 1 ./.',
    'currentTime',
    'nixPath',
  ])('does not do builtins.%s', (call) => {
    const result = inJail(rule(`builtins.${call}`));
    expect(result.ok && result.value.broken[0]?.error.says).toContain('is not supported');
  });
});

test('a message never holds a whole file', () => {
  const result = readRules({
    root: '/r',
    rulesPath: '/r/secrets.nix',
    files: memoryFiles({ 'secrets.nix': `throw "${'x'.repeat(10_000)}"` }),
  });
  expect(result.ok ? '' : result.error.says.length).toBeLessThan(300);
});
