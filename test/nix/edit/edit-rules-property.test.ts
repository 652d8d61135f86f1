import { Buffer } from 'node:buffer';
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { editRules } from '../../../src/store/nix/edit/edit-rules.ts';
import type { RecipientOffer, RulesChange } from '../../../src/store/nix/edit/rules-change.ts';
import { describeWithPeers } from '../../support/peers.ts';
import { nixValues } from '../support/real-nix.ts';
import {
  freshKey,
  modelOf,
  people,
  type RandomEntry,
  type RandomRules,
  randomRules,
} from './random-rules.ts';
import { inputOf } from './rules-bench.ts';

const offerOf = (text: string): RecipientOffer => {
  const keys = people[text] ?? [];
  return { text, kind: keys.length > 1 ? 'group' : 'key', keys, uses: 0 };
};

const apply = (text: string, change: RulesChange): string | null => {
  const edit = editRules(inputOf(text), change);
  return edit.ok ? Buffer.from(edit.value[0]?.after ?? []).toString() : null;
};

const notes = (text: string): readonly string[] => (text.match(/# note \d+/g) ?? []).toSorted();

/** A random change, and what the entries are after it. */
const edits = fc
  .record({
    rules: randomRules,
    fresh: freshKey,
    pick: fc.nat(),
    kind: fc.constantFrom(0, 0, 1, 2, 3, 4, 4, 4),
    reader: fc.constantFrom(...Object.keys(people)),
  })
  .filter(({ rules, fresh }) => rules.entries.every(({ key }) => key !== fresh))
  .map(
    ({
      rules,
      fresh,
      pick,
      kind,
      reader,
    }): { rules: RandomRules; change: RulesChange; after: readonly RandomEntry[] } | null => {
      const { entries } = rules;
      const entry = entries[pick % Math.max(1, entries.length)];
      if (kind === 0 || entry === undefined) {
        const readers = reader === 'users' ? ['alice', 'bob'] : [reader];
        const added: RandomEntry = { key: fresh, readers, style: 'dotted', comment: 'none', blank: false };
        return {
          rules,
          change: { kind: 'add', key: fresh, recipients: [offerOf(reader)] },
          after: [...entries, added],
        };
      }
      const { key, readers } = entry;
      const changed = (next: Partial<RandomEntry>) =>
        entries.map((one) => (one === entry ? { ...one, ...next } : one));
      if (kind === 1)
        return { rules, change: { kind: 'remove', key }, after: entries.filter((one) => one !== entry) };
      if (kind === 2)
        return { rules, change: { kind: 'rename', key, to: fresh }, after: changed({ key: fresh }) };
      if (reader === 'users') return null;
      if (kind === 3) {
        if (readers.includes(reader)) return null;
        return {
          rules,
          change: { kind: 'grant', key, recipient: offerOf(reader) },
          after: changed({ readers: [...readers, reader] }),
        };
      }
      if (!readers.includes(reader) || readers.length === 1 || key === 'other/x') return null;
      return {
        rules,
        change: { kind: 'revoke', key, recipient: reader },
        after: changed({ readers: readers.filter((one) => one !== reader) }),
      };
    },
  )
  .filter((edit) => edit !== null);

describe('any edit of rules as people write them', () => {
  it('is done, and touches one stretch of the text; only a removal takes comments along', () => {
    const done = { add: 0, remove: 0, rename: 0, grant: 0, revoke: 0 };
    fc.assert(
      fc.property(edits, ({ rules, change }) => {
        const after = apply(rules.text, change);
        expect(after).not.toBeNull();
        if (after === null) return;
        done[change.kind] += 1;
        if (change.kind !== 'remove') expect(notes(after)).toEqual(notes(rules.text));
        else expect(notes(rules.text).length - notes(after).length).toBeLessThanOrEqual(1);
        if (change.kind === 'add' || change.kind === 'grant') {
          let same = 0;
          while (same < rules.text.length && rules.text[same] === after[same]) same += 1;
          expect(after.endsWith(rules.text.slice(same))).toBe(true);
        }
        expect(/(?<!\r)\n/.test(after)).toBe(/(?<!\r)\n/.test(rules.text));
      }),
      { numRuns: 600 },
    );
    expect(Math.min(...Object.values(done))).toBeGreaterThan(5);
  });

  it('an entry that was added and is removed again leaves the bytes as they were', () => {
    let done = 0;
    fc.assert(
      fc.property(edits, ({ rules, change }) => {
        if (change.kind !== 'add') return;
        const after = apply(rules.text, change);
        expect(after).not.toBeNull();
        expect(apply(after ?? '', { kind: 'remove', key: change.key })).toBe(rules.text);
        done += 1;
      }),
      { numRuns: 600 },
    );
    expect(done).toBeGreaterThan(50);
  });

  it('a new name and the old one again leave the bytes as they were', () => {
    fc.assert(
      fc.property(edits, ({ rules, change }) => {
        if (change.kind !== 'rename') return;
        const after = apply(rules.text, change) ?? '';
        expect(apply(after, { kind: 'rename', key: change.to, to: change.key })).toBe(rules.text);
      }),
      { numRuns: 400 },
    );
  });
});

describeWithPeers('real Nix reads what was intended', ['nix-instantiate'], () => {
  test('after any edit', { timeout: 300_000 }, async () => {
    const sample = fc.sample(edits, { numRuns: 250, seed: 11 });
    const texts = sample.map(({ rules, change }) => apply(rules.text, change) ?? 'null');
    const values = await nixValues(texts);
    const expected = sample.map(({ after }) => modelOf(after));
    expect(values).toEqual(expected);
  });
});
