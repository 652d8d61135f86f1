import { encodeText } from '../byte-string.ts';
import type { DeclaredKey, RulesReading } from '../rules-reading.ts';
import type { WholeValue } from './whole-value.ts';

/** What an edit is meant to do to the entries. */
export interface Intended {
  /** The entry before, by its key; `null` for a new one. */
  readonly before: string | null;
  /** The entry after; `null` when it goes. */
  readonly after: {
    readonly key: string;
    readonly keys: readonly string[];
    readonly armor: boolean | undefined;
  } | null;
  /** Whether the keys must come in this order: true where we wrote all of them. */
  readonly ordered: boolean;
}

/** The touched entry, as it is read, is what it is meant to be. */
export function hasIntendedEntry(after: RulesReading, { after: wanted, ordered }: Intended): boolean {
  if (wanted === null) return true;
  const entry = after.entries.find(({ key }) => key === wanted.key);
  if (entry === undefined || entry.armor !== wanted.armor) return false;
  const found = textsOf(entry.publicKeys);
  const [one, other] = ordered ? [found, wanted.keys] : [found.toSorted(), wanted.keys.toSorted()];
  return JSON.stringify(one) === JSON.stringify(other);
}

export const textsOf = (keys: readonly DeclaredKey[]): readonly string[] => keys.map(({ text }) => text);

/** Every other entry is what it was, and of the touched one everything but its readers; down to how things fail. */
export function hasNothingElse(before: WholeValue, after: WholeValue, intended: Intended): boolean {
  const from = intended.before === null ? null : encodeText(intended.before);
  const to = intended.after === null ? null : encodeText(intended.after.key);
  if (asText(without(before, from)) !== asText(without(after, to))) return false;
  if (to === null) return !after.has(from ?? '') || from === null;
  const old: ReadonlyMap<string, string> = (from === null ? null : before.get(from)) ?? new Map();
  const armor = intended.after?.armor;
  const added = from === null && armor !== undefined ? [['armor', String(armor)] as const] : [];
  return (
    plain(without(new Map([...old, ...added]), 'publicKeys')) ===
    plain(without(after.get(to) ?? new Map(), 'publicKeys'))
  );
}

/** Every entry is what it was, but for those that go or have another name. */
export function hasExactly(before: WholeValue, after: WholeValue, intended: readonly Intended[]): boolean {
  const expected = new Map(before);
  for (const { before: from, after: to } of intended) {
    const key = encodeText(from ?? '');
    const entry = expected.get(key) ?? new Map<string, string>();
    expected.delete(key);
    if (to !== null) expected.set(encodeText(to.key), entry);
  }
  return asText(expected) === asText(after);
}

/** Everything is what it was, but for the readers of some entries, by their names as Nix has them. */
export function sameButReaders(
  before: WholeValue,
  after: WholeValue,
  mayDiffer: (name: string) => boolean,
): boolean {
  const rest = (value: WholeValue): string =>
    JSON.stringify(
      [...value].map(([name, attributes]) => [
        name,
        [...attributes].filter(([one]) => one !== 'publicKeys' || !mayDiffer(name)),
      ]),
    );
  return rest(before) === rest(after);
}

const without = <T>(map: ReadonlyMap<string, T>, name: string | null): ReadonlyMap<string, T> =>
  new Map([...map].filter(([key]) => key !== name));

const plain = (values: ReadonlyMap<string, string>): string =>
  JSON.stringify([...values].toSorted(([one], [other]) => (one < other ? -1 : 1)));

const asText = (value: WholeValue): string =>
  plain(new Map([...value].map(([name, attributes]) => [name, plain(attributes)])));
