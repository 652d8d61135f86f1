import type { Splice } from '../../../core/splice.ts';
import type { Expression } from '../ast.ts';
import { encodeText } from '../byte-string.ts';
import type { RulesInput } from '../read-rules.ts';
import type { RulesReading } from '../rules-reading.ts';
import { additionTo } from './add-entry.ts';
import { grantSplices, revokeSplice } from './change-recipients.ts';
import type { ParsedSource } from './parsed-source.ts';
import { placesFor, placesOf } from './places.ts';
import { probeExpressions } from './probe-expressions.ts';
import { operandsOf, partsOf, readersExpression } from './recipient-parts.ts';
import { removalOf } from './remove-entry.ts';
import { renamingOf } from './rename-entry.ts';
import type { RulesChange } from './rules-change.ts';

/** A possible edit of one file. */
export interface RulesDraft {
  readonly parsed: ParsedSource;
  readonly splices: readonly Splice[];
}

export interface RulesDrafts {
  /** The likeliest first. */
  readonly list: readonly RulesDraft[];
  /** What the recipient to revoke stands for in its entry; `null` where it is not written there. */
  readonly revoked: readonly string[] | null;
}

export function draftsOf(
  input: RulesInput,
  reading: RulesReading,
  sources: readonly ParsedSource[],
  change: RulesChange,
): RulesDrafts {
  const places = placesOf(input, reading, sources);
  if (change.kind === 'add') {
    const list = placesFor(places, sources, change.key).map(({ parsed, place }) => ({
      parsed,
      splices: [additionTo(parsed, place, change)],
    }));
    return { list, revoked: null };
  }
  const own = places.filter(({ place }) => place.entries.has(change.key));
  const list: RulesDraft[] = [];
  let revoked: readonly string[] | null = null;
  for (const { parsed, place } of own) {
    if (change.kind === 'remove') list.push({ parsed, splices: removalOf(parsed, place, change.key) });
    if (change.kind === 'rename') list.push({ parsed, splices: renamingOf(place, change.key, change.to) });
    const readers = readersExpression(place, change.key);
    if (readers === null) continue;
    if (change.kind === 'grant')
      list.push(...grantSplices(parsed, readers, change.recipient).map((splices) => ({ parsed, splices })));
    if (change.kind === 'revoke') {
      const operands = operandsOf(parsed, readers);
      const part = partsOf(parsed, operands).find(({ text }) => text === encodeText(change.recipient));
      const splice = part === undefined ? null : revokeSplice(parsed, operands, part);
      if (part === undefined) continue;
      const text = part.item === null ? part.text : `[ ${part.text} ]`;
      revoked ??= probeExpressions(input, parsed, place.set, [inScopeOf(parsed, readers, text)])[0] ?? null;
      if (splice !== null) list.push({ parsed, splices: [splice] });
    }
  }
  return { list, revoked };
}

/** With the `with`s that stand before the entry's own expression. */
export function inScopeOf(
  { source }: Pick<ParsedSource, 'source'>,
  readers: Expression,
  text: string,
): string {
  if (readers.type !== 'with') return text;
  const { scope, body } = readers;
  return `with (${source.text.slice(scope.start, scope.end)}); ${inScopeOf({ source }, body, text)}`;
}
