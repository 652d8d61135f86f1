import type { RulesInput } from '../read-rules.ts';
import type { RulesReading } from '../rules-reading.ts';
import { bodyOf, type EntrySet, entrySetsOf } from './entry-places.ts';
import { directoryOfEntry } from './entry-style.ts';
import type { ParsedSource } from './parsed-source.ts';

/** An entry set and the file it is in. */
export interface Place {
  readonly parsed: ParsedSource;
  readonly place: EntrySet;
}

export function placesOf(
  input: RulesInput,
  reading: RulesReading,
  sources: readonly ParsedSource[],
): readonly Place[] {
  return sources.flatMap((parsed) => {
    const file = parsed.source.path.slice(input.root.length + 1);
    return entrySetsOf(parsed, reading, file).map((place) => ({ parsed, place }));
  });
}

/** Where an entry can be added, the best first: the set with the nearest relatives, of several the fullest. */
export function placesFor(
  places: readonly Place[],
  sources: readonly ParsedSource[],
  key: string,
): readonly Place[] {
  const closeness = ({ entries }: EntrySet): number =>
    Math.max(...[...entries.keys()].map((one) => sharedDirectories(one, key)));
  const ranked = places.toSorted(
    (one, other) =>
      closeness(other.place) - closeness(one.place) || other.place.entries.size - one.place.entries.size,
  );
  return [...ranked, ...emptyRules(sources)];
}

function sharedDirectories(one: string, other: string): number {
  const theirs = directoryOfEntry(other).split('/');
  const own = directoryOfEntry(one).split('/');
  const apart = own.findIndex((name, index) => name !== theirs[index]);
  return apart < 0 ? own.length : apart;
}

/** Rules without any entry yet, when they are a set. */
function emptyRules([main]: readonly ParsedSource[]): readonly Place[] {
  const set = main === undefined ? undefined : bodyOf(main.root);
  if (main === undefined || set?.type !== 'attributes' || set.bindings.size > 0 || set.dynamic.length > 0)
    return [];
  return [{ parsed: main, place: { set, statements: [], entries: new Map() } }];
}
