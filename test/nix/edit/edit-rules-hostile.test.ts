import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { editRules } from '../../../src/store/nix/edit/edit-rules.ts';
import { recipientOffers } from '../../../src/store/nix/edit/recipient-offers.ts';
import type { RulesChange } from '../../../src/store/nix/edit/rules-change.ts';
import { readRules } from '../../../src/store/nix/read-rules.ts';
import { memoryFiles } from '../support/memory-files.ts';
import { programs } from '../support/random-program.ts';
import { rulesFixtures } from '../support/rules-fixtures.ts';
import { alice, inputOf } from './rules-bench.ts';

const recipient = { text: `"${alice}"`, kind: 'key', keys: [alice], uses: 0 } as const;
const changesOf = (key: string): readonly RulesChange[] => [
  { kind: 'add', key: `new-${key}`, recipients: [recipient] },
  { kind: 'remove', key },
  { kind: 'rename', key, to: `new-${key}` },
  { kind: 'grant', key, recipient },
  { kind: 'revoke', key, recipient: 'x' },
];

describe('whatever the rules are', () => {
  it('an edit is done or refused, and never thrown', () => {
    const wrapped = fc
      .tuple(programs, fc.nat({ max: 3 }))
      .map(
        ([program, shape]) =>
          [
            `let x = ${program}; in { "a.age".publicKeys = [ "k" ]; v = x; }`,
            `{ "a.age".publicKeys = ${program}; "b.age" = ${program}; }`,
            `let x = { "a.age".publicKeys = [ "k" ]; }; in x // (${program})`,
            program,
          ][shape] ?? '',
      );
    let done = 0;
    fc.assert(
      fc.property(wrapped, (text) => {
        const input = inputOf(text);
        recipientOffers(input, 'a.age');
        for (const change of changesOf('a.age')) if (editRules(input, change).ok) done += 1;
      }),
      { numRuns: 200 },
    );
    expect(done).toBeGreaterThan(50);
  });

  it.each([
    ['deep parentheses', `${'('.repeat(5000)}{ }${')'.repeat(5000)}`],
    ['deep sets', `{ "a.age".publicKeys = [ "k" ]; x = ${'{ a = '.repeat(400)}1${'; }'.repeat(400)}; }`],
    ['a long chain', `{ "a.age".publicKeys = [ "k" ]${' ++ [ ]'.repeat(400)}; }`],
    ['a chain beyond the limit', `{ "a.age".publicKeys = [ "k" ]${' ++ [ ]'.repeat(4000)}; }`],
    ['endless recursion', `let f = x: f x; in { "a.age".publicKeys = [ "k" ]; y = f 1; }`],
    ['a set of itself', `let s = { a = s; k = "age1x"; }; in { "a.age".publicKeys = [ s.k ]; }`],
    [
      'many names',
      `let ${Array.from({ length: 2000 }, (_, index) => `n${index} = "age1n";`).join(' ')} in { "a.age".publicKeys = [ n1 ]; }`,
    ],
    ['an open string', '{ "a.age".publicKeys = [ "'],
    ['bytes that are no text', '{ "a\u00ff.age".publicKeys = [ "k" ]; }'],
  ])('%s ends in an answer', (_, text) => {
    const input = inputOf(text);
    expect(recipientOffers(input, 'a.age')).toHaveProperty('ok');
    for (const change of changesOf('a.age')) expect(editRules(input, change)).toHaveProperty('ok');
  });

  it('every layout found in real repositories is edited or refused, entry by entry', () => {
    const tally = { done: 0, refused: 0 };
    for (const { files, rules } of rulesFixtures) {
      if (Object.values(files).some((content) => content.startsWith('-> '))) continue;
      const input = { root: '/r', rulesPath: `/r/${rules}`, files: memoryFiles(files) };
      const reading = readRules(input);
      for (const { key } of reading.ok ? reading.value.entries : []) {
        for (const change of changesOf(key)) tally[editRules(input, change).ok ? 'done' : 'refused'] += 1;
      }
    }
    expect(tally.done).toBeGreaterThan(40);
    expect(tally.refused).toBeGreaterThan(40);
  });
});
