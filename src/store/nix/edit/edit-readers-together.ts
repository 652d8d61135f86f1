import { applySplices, type Splice } from '../../../core/splice.ts';
import { parseRecipient } from '../../../crypto/parse-recipient.ts';
import type { Expression } from '../ast.ts';
import { encodeText, toBytes } from '../byte-string.ts';
import { type RulesInput, readRules } from '../read-rules.ts';
import type { RulesReading } from '../rules-reading.ts';
import { grantSplices, revokeSplice } from './change-recipients.ts';
import { sameButReaders, textsOf } from './compare-readings.ts';
import { inScopeOf } from './draft-edits.ts';
import type { ReaderEdit } from './edit-readers.ts';
import { overlayFiles } from './overlay-files.ts';
import type { ParsedSource } from './parsed-source.ts';
import { type Place, placesOf } from './places.ts';
import { probeExpressions } from './probe-expressions.ts';
import {
  type Operand,
  operandsOf,
  partsOf,
  type RecipientPart,
  readersExpression,
} from './recipient-parts.ts';
import type { EditedFile } from './rules-change.ts';
import { sourcesOf } from './rules-sources.ts';
import { wholeValue } from './whole-value.ts';

export interface ReadersTogether {
  readonly files: readonly EditedFile[];
  /** What takes more than one simple edit, to be done one after the other. */
  readonly rest: readonly ReaderEdit[];
}

/** Where an entry has its readers from. */
interface Written extends Place {
  readonly readers: Expression;
}

interface Draft {
  readonly edit: ReaderEdit;
  readonly parsed: ParsedSource;
  readonly splices: readonly Splice[];
  /** The keys that the entry is to have. */
  readonly keys: readonly string[];
}

/**
 * Does all edits of entries that one place in the entry itself is enough for, in one go: hundreds of them would be
 * evaluated hundreds of times one after the other. The result was evaluated again and is what was meant, or else nothing
 * is done and all is left to the rest.
 */
export function editReadersTogether(input: RulesInput, edits: readonly ReaderEdit[]): ReadersTogether {
  const nothing: ReadersTogether = { files: [], rest: edits };
  const before = readRules(input);
  if (!before.ok) return nothing;
  const written = writtenEntries(input, before.value);
  const single = edits.filter(({ key }) => edits.filter((other) => other.key === key).length === 1);
  const drafts = [
    ...single.flatMap((edit) => grantDraft(edit, before.value, written)),
    ...revokeDrafts(input, single, before.value, written),
  ];
  const byFile = Map.groupBy(drafts, ({ parsed }) => parsed.source.path);
  const files = [...byFile].map(([path, some]) => editedFile(path, some));
  const done = files.filter((file) => file !== null);
  if (done.length === 0 || done.length < files.length || !isAsMeant(input, before.value, drafts, done))
    return nothing;
  const dealtWith = new Set(drafts.map(({ edit }) => edit));
  return { files: done, rest: edits.filter((edit) => !dealtWith.has(edit)) };
}

function writtenEntries(input: RulesInput, reading: RulesReading): ReadonlyMap<string, Written> {
  const found = new Map<string, Written>();
  for (const { parsed, place } of placesOf(input, reading, sourcesOf(input, reading))) {
    for (const key of place.entries.keys()) {
      const readers = readersExpression(place, key);
      if (readers !== null && !found.has(key)) found.set(key, { parsed, place, readers });
    }
  }
  return found;
}

const keysOf = (reading: RulesReading, key: string): readonly string[] =>
  textsOf(reading.entries.find((entry) => entry.key === key)?.publicKeys ?? []);

function grantDraft(
  edit: ReaderEdit,
  reading: RulesReading,
  written: ReadonlyMap<string, Written>,
): readonly Draft[] {
  const place = written.get(edit.key);
  const [offer, second] = edit.readers;
  if (edit.to !== 'grant' || place === undefined || offer === undefined || second !== undefined) return [];
  const keys = keysOf(reading, edit.key);
  const present = new Set(keys.map(idOf));
  if (keys.length === 0 || offer.keys.some((key) => present.has(idOf(key)))) return [];
  const [splices] = grantSplices(place.parsed, place.readers, offer);
  return splices === undefined
    ? []
    : [{ edit, parsed: place.parsed, splices, keys: [...keys, ...offer.keys] }];
}

function revokeDrafts(
  input: RulesInput,
  edits: readonly ReaderEdit[],
  reading: RulesReading,
  written: ReadonlyMap<string, Written>,
): readonly Draft[] {
  interface Candidate extends Written {
    readonly edit: ReaderEdit;
    readonly operands: readonly Operand[];
    readonly part: RecipientPart;
  }
  const candidates = edits.flatMap((edit): readonly Candidate[] => {
    const place = edit.to === 'revoke' ? written.get(edit.key) : undefined;
    if (place === undefined) return [];
    const operands = operandsOf(place.parsed, place.readers);
    return partsOf(place.parsed, operands).map((part) => ({ ...place, edit, operands, part }));
  });
  const drafts: Draft[] = [];
  const bySet = Map.groupBy(candidates, ({ place }) => place.set);
  for (const [set, some] of bySet) {
    const [first] = some;
    if (first === undefined) continue;
    const texts = some.map(({ parsed, readers, part }) =>
      inScopeOf(parsed, readers, part.item === null ? part.text : `[ ${part.text} ]`),
    );
    const found = probeExpressions(input, first.parsed, set, texts);
    for (const [index, { edit, parsed, operands, part }] of some.entries()) {
      const gone = new Set(edit.readers.flatMap(({ keys }) => keys.map(idOf)));
      const own = found[index] ?? [];
      if (own.length === 0 || !own.every((key) => gone.has(idOf(key)))) continue;
      const keys = [...keysOf(reading, edit.key)];
      for (const one of own) keys.splice(keys.indexOf(one), keys.includes(one) ? 1 : 0);
      const splice = revokeSplice(parsed, operands, part);
      if (splice === null || keys.length === 0 || keys.some((key) => gone.has(idOf(key)))) continue;
      drafts.push({ edit, parsed, splices: [splice], keys });
    }
  }
  return drafts;
}

/** `null` where two edits are in each other's way. */
function editedFile(path: string, drafts: readonly Draft[]): EditedFile | null {
  const text = drafts[0]?.parsed.source.text ?? '';
  const splices = drafts.flatMap((draft) => draft.splices).sort((one, other) => one.start - other.start);
  if (splices.some(({ start }, index) => start < (splices[index - 1]?.end ?? 0))) return null;
  return { path, before: toBytes(text), after: toBytes(applySplices(text, splices)) };
}

function isAsMeant(
  input: RulesInput,
  before: RulesReading,
  drafts: readonly Draft[],
  edited: readonly EditedFile[],
): boolean {
  const files = edited.reduce((over, { path, after }) => overlayFiles(over, path, after), input.files);
  const after = readRules({ ...input, files });
  if (!after.ok) return false;
  const meant = new Map(drafts.map(({ edit, keys }) => [edit.key, keys.toSorted()]));
  const asText = ({ entries, broken }: RulesReading, isOld: boolean): string =>
    JSON.stringify([
      entries.map(({ key, armor, publicKeys }) => {
        const wanted = meant.get(key);
        const texts = textsOf(publicKeys);
        return [key, armor ?? null, wanted === undefined ? texts : isOld ? wanted : texts.toSorted()];
      }),
      broken.map(({ key }) => key),
    ]);
  if (asText(before, true) !== asText(after.value, false)) return false;
  const [was, is] = [wholeValue(input), wholeValue({ ...input, files })];
  const touched = new Set(drafts.map(({ edit }) => encodeText(edit.key)));
  return was !== null && is !== null && sameButReaders(was, is, (name) => touched.has(name));
}

const idOf = (text: string): string => parseRecipient(text).id;
