import { type Outcome, ok } from '../../../core/outcome.ts';
import { type RulesInput, readRules } from '../read-rules.ts';
import { placesOf } from './places.ts';
import { operandsOf, partsOf, readersExpression } from './recipient-parts.ts';
import { sourcesOf } from './rules-sources.ts';

/** The recipients and groups that an entry is written with, as text; empty where they are not in the entry itself. */
export function entryRecipients(input: RulesInput, key: string): Outcome<readonly string[]> {
  const reading = readRules(input);
  if (!reading.ok) return reading;
  for (const { parsed, place } of placesOf(input, reading.value, sourcesOf(input, reading.value))) {
    const readers = readersExpression(place, key);
    if (readers !== null) return ok(partsOf(parsed, operandsOf(parsed, readers)).map(({ text }) => text));
  }
  return ok([]);
}
