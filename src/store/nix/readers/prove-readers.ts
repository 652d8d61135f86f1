import { parseRecipient } from '../../../crypto/parse-recipient.ts';
import { type WholeValue, wholeValue } from '../edit/whole-value.ts';
import { type RulesInput, readRules } from '../read-rules.ts';
import type { DeclaredKey, RulesEntry, RulesReading } from '../rules-reading.ts';

/** The keys that an entry is to have, by their ids, repeats included. */
export interface MeantEntry {
  readonly ids: readonly string[];
  /** Also this one, or not: it comes with a set of which nobody can say beforehand whom it feeds. */
  readonly mayGain?: string;
}

export type MeantEntries = (entry: RulesEntry) => MeantEntry;

export const idOf = (text: string): string => parseRecipient(text).id;

export const idsOf = (keys: readonly DeclaredKey[]): readonly string[] => keys.map(({ text }) => idOf(text));

export const unchanged: MeantEntries = ({ publicKeys }) => ({ ids: idsOf(publicKeys) });

/** One rules file as it was. */
export interface RulesBefore {
  readonly input: RulesInput;
  readonly reading: RulesReading;
  readonly whole: WholeValue;
}

/** `null` where it cannot be evaluated. */
export function rulesBefore(input: RulesInput): RulesBefore | null {
  const reading = readRules(input);
  const whole = reading.ok ? wholeValue(input) : null;
  return reading.ok && whole !== null ? { input, reading: reading.value, whole } : null;
}

/**
 * Whether rules, evaluated again, have exactly the entries they had, each with the keys that are meant and with
 * everything else that it had, down to how things fail.
 */
export function isAsMeant(before: RulesBefore, edited: RulesInput, meant: MeantEntries): boolean {
  const after = readRules(edited);
  if (!after.ok || namesOf(before.reading) !== namesOf(after.value)) return false;
  const asMeant = before.reading.entries.every((was, index) => {
    const is = after.value.entries[index];
    if (is === undefined || is.armor !== was.armor) return false;
    const { ids, mayGain } = meant(was);
    const found = sorted(idsOf(is.publicKeys));
    return found === sorted(ids) || (mayGain !== undefined && found === sorted([...ids, mayGain]));
  });
  if (!asMeant) return false;
  const whole = wholeValue(edited);
  return whole !== null && exceptReaders(before.whole) === exceptReaders(whole);
}

const sorted = (ids: readonly string[]): string => JSON.stringify(ids.toSorted());

const namesOf = ({ entries, broken }: RulesReading): string =>
  JSON.stringify([entries, broken].map((some) => some.map(({ key }) => key)));

const exceptReaders = (value: WholeValue): string =>
  JSON.stringify(
    [...value].map(([name, attributes]) => [name, [...attributes].filter(([one]) => one !== 'publicKeys')]),
  );
