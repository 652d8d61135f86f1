import { type AppError, fail } from '../../../core/outcome.ts';
import { applySplices, type Splice } from '../../../core/splice.ts';
import { toBytes } from '../byte-string.ts';
import { type RulesInput, readRules } from '../read-rules.ts';
import type { RulesReading } from '../rules-reading.ts';
import { hasIntendedEntry, hasNothingElse, type Intended } from './compare-readings.ts';
import { draftsOf, type RulesDraft } from './draft-edits.ts';
import { type EditedTogether, editTogether } from './edit-together.ts';
import { handEdits } from './hand-edits.ts';
import { intendedBy } from './intended-by.ts';
import { overlayFiles } from './overlay-files.ts';
import type { ParsedSource } from './parsed-source.ts';
import { type Place, placesOf } from './places.ts';
import type { EditedFile, RulesChange, RulesEdit } from './rules-change.ts';
import { sourcesOf } from './rules-sources.ts';
import { type WholeValue, wholeValue } from './whole-value.ts';

/**
 * Changes rules in their own text: formatting and comments stay, a new entry looks like its neighbours. What is returned
 * was evaluated again and differs from the rules before in exactly what was asked for. Nothing is written.
 *
 * Errors: `not-found` for an entry or recipient that is not there, `usage` for a name that is taken or a change that
 * leaves nobody, `unsupported` for entries that a function makes and the like, with the lines to edit by hand where they
 * are known, and those of `readRules`.
 */
export function editRules(input: RulesInput, change: RulesChange): RulesEdit {
  const before = readRules(input);
  if (!before.ok) return { ...before, byHand: [] };
  const reading = before.value;
  const sources = sourcesOf(input, reading);
  const drafts = draftsOf(input, reading, sources, change);
  const intended = intendedBy(reading, change, drafts.revoked);
  if ('code' in intended) return refusal(input, reading, sources, change, intended);
  const whole = wholeValue(input);
  for (const draft of drafts.list) {
    const after = editedFile(draft);
    const files = overlayFiles(input.files, after.path, after.after);
    if (whole !== null && isAsIntended({ ...input, files }, whole, intended))
      return { ok: true, value: [after] };
  }
  return refusal(input, reading, sources, change, whyNot(placesOf(input, reading, sources), change));
}

function isAsIntended(edited: RulesInput, before: WholeValue, intended: Intended): boolean {
  const reading = readRules(edited);
  if (!reading.ok || !hasIntendedEntry(reading.value, intended)) return false;
  const after = wholeValue(edited);
  return after !== null && hasNothingElse(before, after, intended);
}

/** Several changes, each on top of the ones before; all or none. */
export function editRulesInTurn(input: RulesInput, changes: readonly RulesChange[]): RulesEdit {
  let { files } = input;
  const edited = new Map<string, EditedFile>();
  let rest = changes;
  let mayJoin = true;
  while (rest.length > 0) {
    const now = { ...input, files };
    const together: EditedTogether | null = mayJoin && rest.length > 1 ? editTogether(now, rest) : null;
    mayJoin = together !== null;
    const done = together?.done ?? new Set(rest.slice(0, 1));
    const result = together ? { ok: true as const, value: together.value } : editFirst(now, rest);
    if (!result.ok) return result;
    for (const file of result.value) {
      edited.set(file.path, { ...file, before: edited.get(file.path)?.before ?? file.before });
      files = overlayFiles(files, file.path, file.after);
    }
    rest = rest.filter((change) => !done.has(change));
  }
  return { ok: true, value: [...edited.values()] };
}

const editFirst = (input: RulesInput, [first]: readonly RulesChange[]): RulesEdit =>
  first ? editRules(input, first) : { ok: true, value: [] };

function editedFile({ parsed, splices }: RulesDraft): EditedFile {
  const { path, text } = parsed.source;
  return { path, before: toBytes(text), after: toBytes(applySplices(text, inOrder(splices))) };
}

const inOrder = (splices: readonly Splice[]): readonly Splice[] =>
  splices.toSorted((one, other) => one.start - other.start);

function whyNot(places: readonly Place[], change: RulesChange): AppError {
  const hint = 'edit the rules by hand';
  const unsupported = (says: string): AppError => ({ code: 'unsupported', says, hint });
  const statements = places.flatMap(({ place }) => place.entries.get(change.key) ?? []);
  if (change.kind === 'add') {
    return unsupported(
      places.length === 0 ? 'the rules are made by a function' : 'an entry added here would become another',
    );
  }
  if (statements.length === 0)
    return unsupported(`${change.key} is made by a function, not written as an entry`);
  const computed = statements.some(({ names: [first], equals }) => first?.name === null && equals !== null);
  if (computed && change.kind === 'rename') return unsupported(`the name of ${change.key} is computed`);
  return unsupported(`no edit of ${change.key} leaves everything else as it is`);
}

function refusal(
  input: RulesInput,
  reading: RulesReading,
  sources: readonly ParsedSource[],
  change: RulesChange,
  { code, says, hint }: AppError,
): RulesEdit {
  const byHand = handEdits(input, reading, sources, change);
  const [first] = byHand;
  const where = first === undefined ? {} : { where: `${first.at.file}:${first.at.line}` };
  const known = code === 'unsupported' ? byHand : [];
  return { ...fail(code, says, { ...(hint === undefined ? {} : { hint }), ...where }), byHand: known };
}
