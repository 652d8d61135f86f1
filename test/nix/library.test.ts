import { describe, expect, test } from 'vitest';
import { libraryText } from '../../src/store/nix/library-text.ts';
import { describeWithPeers } from '../support/peers.ts';
import { evaluateText } from './support/evaluate-text.ts';
import { libraryCalls } from './support/library-calls.ts';
import { nixValues } from './support/real-nix.ts';

describe('lib of nixpkgs', () => {
  test.each(libraryCalls)('%s', (call, value) => {
    expect(evaluateText(`with (import <nixpkgs> { }).lib; ${call}`)).toEqual({ value });
  });

  test('is also <nixpkgs/lib>, and reads files of the repository', () => {
    const text = 'let lib = import <nixpkgs/lib>; in [ (lib.fileContents ./a) (lib.importJSON ./b).k ]';
    expect(evaluateText(text, { a: 'x\n', b: '{"k":1}' })).toEqual({ value: ['x', 1] });
  });

  test.each([
    ['lib.types', 'lib.types'],
    ['lib ? mkIf', 'lib.mkIf'],
    ['lib.mkIf or 1', 'lib.mkIf'],
    ['with lib; mkIf', 'lib.mkIf'],
    ['builtins.attrNames lib', 'lib is enumerated'],
    ['lib // { mine = 1; }', 'lib is changed'],
  ])('admits what it has not: %s', (text, says) => {
    const found = evaluateText(`let lib = import <nixpkgs/lib>; in ${text}`);
    expect(found).toMatchObject({ kind: 'unsupported', says: expect.stringContaining(says) });
  });
});

describeWithPeers('lib of nixpkgs, run by real Nix', ['nix-instantiate'], () => {
  test('gives the same', async () => {
    const library = `(${libraryText})`;
    const values = await nixValues(libraryCalls.map(([call]) => `with ${library}; ${call}`));
    expect(values).toEqual(libraryCalls.map(([, value]) => value));
  });
});
