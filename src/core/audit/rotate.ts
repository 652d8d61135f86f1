import { counted } from '../counted.ts';
import { dayOf, sayPast } from '../past-key.ts';
import { shortKey } from '../recipient-label.ts';
import type { RotationEntry, RotationItem, ValueFate } from '../rotation.ts';
import { type Finding, finding } from './finding.ts';

/** Of several readers of one secret the worst speaks for it. */
const worst: readonly ValueFate[] = ['readable', 'same', 'partly', 'unknown'];

const words: Readonly<Record<ValueFate, string>> = {
  readable: 'somebody who is no reader any more can still read it',
  same: 'its value is the one that a former reader knows',
  partly: 'some of its values are those that a former reader knows',
  unknown: 'a former reader knows a value of it; whether that was changed since cannot be told without a key',
  changed: '',
};

/** One finding for each secret with values that somebody may know. Never says of one that it is safe. */
export function rotate(entries: readonly RotationEntry[]): readonly Finding[] {
  const bySecret = Map.groupBy(
    entries.flatMap((entry) => entry.items.map((item) => ({ entry, item }))),
    ({ item }) => item.secret,
  );
  return [...bySecret].map(([secret, known]) => {
    const fate = worst.find((one) => known.some(({ item }) => item.fate === one)) ?? 'unknown';
    return finding('rotate', {
      subject: secret,
      says: words[fate],
      evidence: known.map(({ entry, item }) => sayReader(entry, item)).join('; '),
      ...(fate !== 'unknown' && { severity: 'high' as const }),
      at: { file: secret },
    });
  });
}

function sayReader({ kind, tag, name, key, past }: RotationEntry, { versions, later }: RotationItem): string {
  const who = name ?? (key === null ? `${kind} ${tag}` : shortKey(key));
  const removal = past?.did === 'removed' ? ` (${sayPast({ ...past, date: dayOf(past) })})` : '';
  const [last] = versions;
  if (last === undefined) return `${who}${removal}: the file that lies here`;
  const date = dayOf(last);
  const day = date === null ? '' : ` of ${date}`;
  return `${who}${removal}: ${counted(versions.length, 'version')} up to ${last.commit.slice(0, 7)}${day}, ${later} since`;
}
