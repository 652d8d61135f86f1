import { applySplices, type Splice } from '../../../core/splice.ts';
import { toBytes } from '../byte-string.ts';
import { type RulesInput, readRules } from '../read-rules.ts';
import { hasExactly, hasIntendedEntry, type Intended } from './compare-readings.ts';
import type { EntrySet } from './entry-places.ts';
import { intendedBy } from './intended-by.ts';
import { overlayFiles } from './overlay-files.ts';
import type { ParsedSource } from './parsed-source.ts';
import { placesOf } from './places.ts';
import { removalOf } from './remove-entry.ts';
import { renamingOf } from './rename-entry.ts';
import type { EditedFile, RulesChange } from './rules-change.ts';
import { sourcesOf } from './rules-sources.ts';
import { wholeValue } from './whole-value.ts';

export interface EditedTogether {
  readonly value: readonly EditedFile[];
  readonly done: ReadonlySet<RulesChange>;
}

/**
 * Entries that go or get another name, as many of them in one edit as do not touch each other: what stands around an
 * entry that goes decides what goes with it. Evaluated like every edit, once for all of them. `null` where they have to
 * be done one by one, or refused.
 */
export function editTogether(input: RulesInput, changes: readonly RulesChange[]): EditedTogether | null {
  const before = readRules(input);
  const whole = wholeValue(input);
  if (!before.ok || whole === null || !areApart(changes)) return null;
  const reading = before.value;
  const places = placesOf(input, reading, sourcesOf(input, reading));
  const going = new Map<EntrySet, number[]>();
  const edits = new Map<ParsedSource, Splice[]>();
  const meant: Intended[] = [];
  const done = new Set<RulesChange>();
  for (const change of changes) {
    const [own, other] = places.filter(({ place }) => place.entries.has(change.key));
    const intended = intendedBy(reading, change, null);
    if (own === undefined || other !== undefined || 'code' in intended) return null;
    const { parsed, place } = own;
    if (change.kind === 'remove' && !goesAlone(going, place, change.key)) continue;
    const splices =
      change.kind === 'rename'
        ? renamingOf(place, change.key, change.to)
        : removalOf(parsed, place, change.key);
    edits.set(parsed, [...(edits.get(parsed) ?? []), ...splices]);
    meant.push(intended);
    done.add(change);
  }
  const value: EditedFile[] = [];
  let { files } = input;
  for (const [{ source }, splices] of edits) {
    const ordered = splices.toSorted((one, next) => one.start - next.start);
    if (ordered.some(({ start }, index) => start < (ordered[index - 1]?.end ?? 0))) return null;
    const after = toBytes(applySplices(source.text, ordered));
    value.push({ path: source.path, before: toBytes(source.text), after });
    files = overlayFiles(files, source.path, after);
  }
  const edited = { ...input, files };
  const [after, wholeAfter] = [readRules(edited), wholeValue(edited)];
  if (!after.ok || wholeAfter === null) return null;
  const isMeant = meant.every((one) => hasIntendedEntry(after.value, one));
  return isMeant && hasExactly(whole, wholeAfter, meant) ? { value, done } : null;
}

/** Nothing but removals and renamings, each of another entry and to another name. */
function areApart(changes: readonly RulesChange[]): boolean {
  const names = changes.flatMap((change) =>
    change.kind === 'rename' ? [change.key, change.to] : [change.key],
  );
  return (
    changes.every(({ kind }) => kind === 'remove' || kind === 'rename') &&
    new Set(names).size === names.length
  );
}

/** Whether no statement beside those of the entry goes already; then they are noted. */
function goesAlone(going: Map<EntrySet, number[]>, place: EntrySet, key: string): boolean {
  const taken = going.get(place) ?? [];
  const own = (place.entries.get(key) ?? []).map((statement) => place.statements.indexOf(statement));
  const isBeside = taken.some((one) => own.some((other) => Math.abs(one - other) <= 1));
  if (!isBeside) going.set(place, [...taken, ...own]);
  return !isBeside;
}
