import type { SourcePosition } from '../../../core/recipient.ts';
import { readable } from '../byte-string.ts';
import { positionIn } from '../provenance.ts';
import type { RulesInput } from '../read-rules.ts';
import type { RulesReading } from '../rules-reading.ts';
import { inScopeOf } from './draft-edits.ts';
import { placesOf } from './places.ts';
import { probeExpressions } from './probe-expressions.ts';
import { operandsOf, partsOf, readersExpression } from './recipient-parts.ts';
import { sourcesOf } from './rules-sources.ts';

/** The expression that an entry has its readers from, taken apart. */
export interface EntryParts {
  readonly at: SourcePosition;
  readonly text: string;
  readonly parts: readonly {
    readonly text: string;
    /** What it stands for, as `publicKeys` texts; empty where that cannot be told. */
    readonly keys: readonly string[];
  }[];
}

/** `null` where the readers are not written in the entry itself. */
export function entryParts(input: RulesInput, reading: RulesReading, key: string): EntryParts | null {
  for (const { parsed, place } of placesOf(input, reading, sourcesOf(input, reading))) {
    const readers = readersExpression(place, key);
    if (readers === null) continue;
    const parts = partsOf(parsed, operandsOf(parsed, readers));
    const lists = parts.map(({ text, item }) =>
      inScopeOf(parsed, readers, item === null ? text : `[ ${text} ]`),
    );
    const keys = probeExpressions(input, parsed, place.set, lists);
    return {
      at: positionIn(input.root, parsed.source, readers.start),
      text: readable(parsed.source.text.slice(readers.start, readers.end)),
      parts: parts.map(({ text }, index) => ({ text: readable(text), keys: keys[index] ?? [] })),
    };
  }
  return null;
}
