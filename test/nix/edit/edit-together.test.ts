import { Buffer } from 'node:buffer';
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { editRules, editRulesInTurn } from '../../../src/store/nix/edit/edit-rules.ts';
import { editTogether } from '../../../src/store/nix/edit/edit-together.ts';
import type { RulesChange } from '../../../src/store/nix/edit/rules-change.ts';
import { describeWithPeers } from '../../support/peers.ts';
import { nixValues } from '../support/real-nix.ts';
import { modelOf, type RandomEntry, type RandomRules, randomRules } from './random-rules.ts';
import { inputOf, outcomeOf } from './rules-bench.ts';

interface Case {
  readonly rules: RandomRules;
  readonly changes: readonly RulesChange[];
  readonly after: readonly RandomEntry[];
}

/** Some of the entries go, some get another name. */
const cases: fc.Arbitrary<Case> = fc
  .record({
    rules: randomRules,
    fates: fc.array(fc.constantFrom('stay', 'go', 'go', 'rename'), { minLength: 8, maxLength: 8 }),
  })
  .map(({ rules, fates }) => {
    const fateOf = (index: number) => fates[index % fates.length];
    const changes = rules.entries.flatMap(({ key }, index): RulesChange[] =>
      fateOf(index) === 'go'
        ? [{ kind: 'remove', key }]
        : fateOf(index) === 'rename'
          ? [{ kind: 'rename', key, to: `new/${index}.age` }]
          : [],
    );
    const after = rules.entries.flatMap((entry, index) =>
      fateOf(index) === 'go'
        ? []
        : [fateOf(index) === 'rename' ? { ...entry, key: `new/${index}.age` } : entry],
    );
    return { rules, changes, after };
  })
  .filter(({ changes }) => changes.length > 1);

const together = ({ rules, changes }: Case): string =>
  outcomeOf(editRulesInTurn(inputOf(rules.text), changes));

/** Each by itself, on top of those before. */
function oneByOne({ rules, changes }: Case): string {
  let { text } = rules;
  for (const change of changes) text = outcomeOf(editRules(inputOf(text), change));
  return text;
}

const withoutComments = (text: string): string =>
  text
    .replace(/\/\*.*?\*\//gs, '')
    .replace(/# note \d+/g, '')
    .replace(/\s+/g, ' ');

describe('several entries that go or get another name', () => {
  it('come out as if each were edited by itself, and what stays keeps its comment', () => {
    const count = { joined: 0, all: 0 };
    fc.assert(
      fc.property(cases, (one) => {
        const result = together(one);
        expect(withoutComments(result)).toBe(withoutComments(oneByOne(one)));
        const gone = new Set(one.changes.flatMap(({ kind, key }) => (kind === 'remove' ? [key] : [])));
        for (const [index, { key, comment }] of one.rules.entries.entries()) {
          if (comment !== 'none' && !gone.has(key)) expect(result).toContain(`# note ${index}`);
        }
        count.all += 1;
        count.joined += Number((editTogether(inputOf(one.rules.text), one.changes)?.done.size ?? 0) > 1);
      }),
      { numRuns: 250 },
    );
    expect(count.joined / count.all).toBeGreaterThan(0.4);
  });

  it('are one by one where one takes the name of another', () => {
    const input = inputOf(
      '{ a.publicKeys = [ "age1web1" ]; b.publicKeys = [ "age1web1" ]; c.publicKeys = [ "age1web1" ]; }',
    );
    const changes: readonly RulesChange[] = [
      { kind: 'remove', key: 'a' },
      { kind: 'rename', key: 'b', to: 'a' },
    ];
    expect(editTogether(input, changes)).toBeNull();
    expect(outcomeOf(editRulesInTurn(input, changes))).toBe(
      '{ a.publicKeys = [ "age1web1" ]; c.publicKeys = [ "age1web1" ]; }',
    );
  });

  it('are refused as a whole when one of them cannot be changed', () => {
    const input = inputOf(
      '{ a.publicKeys = [ "age1web1" ]; ${"b"}.publicKeys = [ "age1web1" ]; c.publicKeys = [ "age1web1" ]; }',
    );
    const changes: readonly RulesChange[] = ['a', 'b', 'c'].map((key) => ({
      kind: 'rename',
      key,
      to: `new-${key}`,
    }));
    expect(outcomeOf(editRulesInTurn(input, changes))).toMatch(/^unsupported: the name of b is computed/);
  });

  it('need as many evaluations as there are neighbours, not as there are entries', () => {
    const many = Array.from({ length: 400 }, (_, index) => `s${index}`);
    const text = `{\n${many.map((name) => `  ${name}.publicKeys = [ "age1web1" ];\n`).join('')}}\n`;
    const changes = many.map((key): RulesChange => ({ kind: 'remove', key }));
    expect(editTogether(inputOf(text), changes)?.done.size).toBe(200);
    expect(
      editTogether(
        inputOf(text),
        changes.filter((_, index) => index % 2 === 0),
      )?.done.size,
    ).toBe(200);
    const renames = many.map((key): RulesChange => ({ kind: 'rename', key, to: `t${key}` }));
    expect(editTogether(inputOf(text), renames)?.done.size).toBe(400);
    expect(outcomeOf(editRulesInTurn(inputOf(text), changes))).toBe('{\n}\n');
  });
});

describeWithPeers('real Nix reads what was intended', ['nix-instantiate'], () => {
  test('after several changes', { timeout: 300_000 }, async () => {
    const sample = fc.sample(cases, { numRuns: 120, seed: 7 });
    const values = await nixValues(sample.map((one) => together(one) || 'null'));
    expect(values).toEqual(sample.map(({ after }) => modelOf(after)));
    expect(Buffer.byteLength(together(sample[0] as Case))).toBeGreaterThan(0);
  });
});
