/* biome-ignore-all lint/suspicious/noTemplateCurlyInString: it is Nix text */
import { describe, expect, test } from 'vitest';
import { describeWithPeers } from '../support/peers.ts';
import { evaluateText } from './support/evaluate-text.ts';
import { expressions, failures } from './support/expressions.ts';
import { nixValue, nixValues } from './support/real-nix.ts';

describe.each(Object.entries(expressions))('%s', (_, table) => {
  test.each(table.map(([text, value]) => ({ text, value })))('$text', ({ text, value }) => {
    expect(evaluateText(text)).toEqual({ value });
  });
});

describe('what fails', () => {
  test.each(failures.map(([text, kind, says]) => ({ text, kind, says })))('$text', ({ text, kind, says }) => {
    expect(evaluateText(text)).toMatchObject({ kind, says: expect.stringContaining(says) });
  });

  test.each([
    ['let\n  x = builtins.currentSystem;\nin x', 'builtins.currentSystem', 2],
    ['(import <nixpkgs> { }).lib.evalModules { }', 'lib.evalModules', 1],
    ['(import <nixpkgs> { }).hello', 'nixpkgs.hello', 1],
    ['import <home-manager>', '<home-manager>', 1],
    ['"${./a}"', 'copied to the Nix store', 1],
    ['let { body = 1; }', 'let { … }', 1],
    ['~/keys', 'home directory', 1],
    ['builtins.attrNames builtins', 'builtins is enumerated', 1],
    ['builtins ? fetchTree', 'fetchTree', 1],
    ['builtins.match "\\\\d" "1"', '\\d', 1],
  ])('refuses by name and line: %s', (text, says, line) => {
    const found = evaluateText(text);
    expect(found).toMatchObject({ kind: 'unsupported', says: expect.stringContaining(says), line });
  });

  test.each([
    ['{\n  a = 1;\n  b = builtins.fetchurl "x";\n}', 'builtins.fetchurl is not supported', 3],
    ['import (fetchTarball "x")', 'fetchTarball', 1],
    ['derivation { }', 'derivation', 1],
    ['builtins.exec [ "id" ]', 'builtins.exec', 1],
    ['builtins.${"fetch" + "Git"} ./.', 'builtins.fetchGit', 1],
    ['builtins.getAttr "fetchGit" builtins ./.', 'builtins.fetchGit', 1],
    ['with builtins; fetchGit ./.', 'builtins.fetchGit', 1],
    ['let inherit (builtins) fetchGit; in fetchGit ./.', 'builtins.fetchGit', 1],
  ])('forbids, also to Nix: %s', (text, says, line) => {
    const found = evaluateText(text);
    expect(found).toMatchObject({ kind: 'forbidden', says: expect.stringContaining(says), line });
  });
});

describe('files', () => {
  test('are imported once, relative to the file that names them', () => {
    const found = evaluateText('[ (import ./lib) (import ./lib/a.nix) (import (./lib + "/a.nix")) ]', {
      'lib/default.nix': '{ a = import ./a.nix; }',
      'lib/a.nix': 'builtins.readFile ./text',
      'lib/text': 'hello\n',
    });
    expect(found).toEqual({ value: [{ a: 'hello\n' }, 'hello\n', 'hello\n'] });
  });

  test('through a link start where the link points to', () => {
    const found = evaluateText('import ./keys.nix', {
      'keys.nix': '-> shared/keys.nix',
      'shared/keys.nix': 'import ./more.nix',
      'shared/more.nix': '"there"',
    });
    expect(found).toEqual({ value: 'there' });
  });

  test('are listed with their kinds', () => {
    const found = evaluateText(
      '[ (builtins.readDir ./d) (builtins.pathExists ./d) (builtins.pathExists ./e) ]',
      {
        'd/a.pub': 'x',
        'd/sub/b': 'y',
        'd/link': '-> a.pub',
      },
    );
    const kinds = { 'a.pub': 'regular', sub: 'directory', link: 'symlink' };
    expect(found).toEqual({ value: [kinds, true, false] });
  });

  test('that are not UTF-8 keep their bytes', () => {
    const found = evaluateText('builtins.stringLength (builtins.readFile ./bytes)', {
      bytes: Uint8Array.of(0xff, 0xfe, 0x41),
    });
    expect(found).toEqual({ value: 3 });
  });
});

describeWithPeers('real Nix agrees', ['nix-instantiate'], () => {
  test('on every value', async () => {
    const table = Object.values(expressions).flat();
    const values = await nixValues(table.map(([text]) => text));
    expect(Object.fromEntries(table.map(([text], index) => [text, values[index]]))).toEqual(
      Object.fromEntries(table),
    );
  });

  test.each(failures.map(([text]) => text))('that this fails: %s', async (text) => {
    expect(await nixValue(text)).toBeUndefined();
  });
});
