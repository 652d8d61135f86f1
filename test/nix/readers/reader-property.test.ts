import fc from 'fast-check';
import { expect, test } from 'vitest';
import { idOf } from '../../../src/store/nix/readers/prove-readers.ts';
import type { ReaderChange } from '../../../src/store/nix/readers/reader-change.ts';
import { describeWithPeers } from '../../support/peers.ts';
import { people, type RandomRules, randomRules } from '../edit/random-rules.ts';
import { plainJson } from '../support/plain-rules.ts';
import { nixValues } from '../support/real-nix.ts';
import { changed, keyOf } from './bench.ts';
import { alice, bob, freshKey, web1, web2 } from './layouts.ts';

const fresh = freshKey('root@fresh');
const real: Readonly<Record<string, string>> = { alice, bob, 'hosts.web1': web1, 'hosts.web2': web2 };

/** The random rules know keys that are none. */
const withRealKeys = (text: string): string =>
  Object.entries(real).reduce((now, [name, key]) => now.replaceAll(people[name]?.[0] ?? name, key), text);

type Plain = Readonly<Record<string, readonly string[]>>;

const before = ({ entries }: RandomRules): Plain =>
  Object.fromEntries(entries.map(({ key, readers }) => [key, readers.map((name) => idOf(real[name] ?? ''))]));

const mapped = (
  rules: RandomRules,
  meant: (ids: readonly string[], key: string) => readonly string[],
): Plain => Object.fromEntries(Object.entries(before(rules)).map(([key, ids]) => [key, meant(ids, key)]));

interface Case {
  readonly rules: RandomRules;
  readonly change: ReaderChange;
  /** `null` where somebody would be left without a reader. */
  readonly after: Plain | null;
}

const cases: fc.Arbitrary<Case> = fc
  .record({
    rules: randomRules,
    kind: fc.constantFrom('add', 'group', 'set', 'replace', 'rename', 'remove', 'leave'),
    who: fc.constantFrom(...Object.keys(real)),
  })
  .map(({ rules, kind, who }): Case => {
    const id = idOf(real[who] ?? '');
    const name = who.split('.').at(-1) ?? who;
    const adding = { kind: 'add', name: 'fresh', key: keyOf(fresh), beside: [id], entries: [] } as const;
    const same = mapped(rules, (ids) => ids);
    const usersOnly = (key: string): boolean => key === 'other/x';
    switch (kind) {
      case 'add':
        return { rules, change: { ...adding, group: null }, after: same };
      case 'group':
        return {
          rules,
          change: { ...adding, group: 'users' },
          after: mapped(rules, (ids, key) => (usersOnly(key) ? [...ids, idOf(fresh)] : ids)),
        };
      case 'set':
        return { rules, change: { ...adding, group: 'hosts' }, after: same };
      case 'replace': {
        const after = mapped(rules, (ids) => ids.map((one) => (one === id ? idOf(fresh) : one)));
        return { rules, change: { kind: 'replace', name, old: id, key: keyOf(fresh) }, after };
      }
      case 'rename':
        return { rules, change: { kind: 'rename', from: name, to: 'somebody', ids: [id] }, after: same };
      case 'leave': {
        const change = { kind: 'leave', name, ids: [id], group: 'users' } as const;
        const after = mapped(rules, (ids, key) => (usersOnly(key) ? ids.filter((one) => one !== id) : ids));
        return { rules, change, after };
      }
      default: {
        const after = mapped(rules, (ids) => ids.filter((one) => one !== id));
        const isEmpty = Object.values(after).some((ids) => ids.length === 0);
        return { rules, change: { kind: 'remove', name, ids: [id] }, after: isEmpty ? null : after };
      }
    }
  });

const byId = (rules: Plain): Plain =>
  Object.fromEntries(Object.entries(rules).map(([key, texts]) => [key, texts.map(idOf)]));

const notes = (text: string): readonly string[] => (text.match(/# note \d+|# the people/g) ?? []).toSorted();

describeWithPeers('any change of a reader in rules as people write them', ['nix-instantiate'], () => {
  test('is what real Nix reads, or is refused; comments stay, and back is back', {
    timeout: 300_000,
  }, async () => {
    const done = new Map<string, number>();
    const texts: string[] = [];
    const expected: Plain[] = [];
    for (const { rules, change, after } of fc.sample(cases, { numRuns: 220, seed: 4 })) {
      const text = withRealKeys(rules.text);
      const files = { 'secrets.nix': text };
      const result = changed({ files, rules: 'secrets.nix' }, change);
      if (after === null) {
        expect(result).toMatch(/^usage: nobody could read/);
        continue;
      }
      const isFed = rules.entries.some(({ key }) => key === 'other/x');
      if (change.kind === 'leave' && (!isFed || !['alice', 'bob'].includes(change.name))) {
        expect(result).toMatch(/^not-found: .* reads nothing through users$/);
        continue;
      }
      if (typeof result === 'string') throw new Error(`${JSON.stringify(change)}: ${result}\n${text}`);
      const now = result['secrets.nix'] ?? '';
      texts.push(now);
      expected.push(after);
      done.set(change.kind, (done.get(change.kind) ?? 0) + 1);
      expect(notes(now)).toEqual(notes(text));
      expect(/(?<!\r)\n/.test(now)).toBe(/(?<!\r)\n/.test(text));
      const back = backFrom(change);
      if (back !== null) expect(changed({ files: result, rules: 'secrets.nix' }, back)).toEqual(files);
    }
    const read = await nixValues(texts);
    expect(read.map((json) => byId(plainJson(json)))).toEqual(expected.map(inOrder));
    expect(
      Math.min(...['add', 'replace', 'rename', 'remove', 'leave'].map((kind) => done.get(kind) ?? 0)),
    ).toBeGreaterThan(2);
  });
});

/** What takes a change back byte for byte, where there is such a change. */
function backFrom(change: ReaderChange): ReaderChange | null {
  if (change.kind === 'rename') return { ...change, from: change.to, to: change.from };
  if (change.kind === 'add') return { kind: 'remove', name: change.name, ids: [change.key.id] };
  const old = Object.values(real).find((text) => change.kind === 'replace' && idOf(text) === change.old);
  return change.kind === 'replace' && old !== undefined
    ? { ...change, old: change.key.id, key: keyOf(old) }
    : null;
}

const inOrder = (rules: Plain): Plain =>
  Object.fromEntries(Object.entries(rules).filter(([, ids]) => ids.length > 0));
