import { fail } from '../../../core/outcome.ts';
import { parseRecipient } from '../../../crypto/parse-recipient.ts';
import { type RulesInput, readRules } from '../read-rules.ts';
import type { RulesReading } from '../rules-reading.ts';
import { editGroup } from './edit-group.ts';
import { editRules } from './edit-rules.ts';
import { entryParts } from './entry-parts.ts';
import { overlayFiles } from './overlay-files.ts';
import type { EditedFile, RecipientOffer, RulesEdit } from './rules-change.ts';

/** An entry that is to have readers, or to have them no more. */
export interface ReaderEdit {
  readonly key: string;
  readonly to: 'grant' | 'revoke';
  readonly readers: readonly RecipientOffer[];
}

/** More lists than that do not stand between a key and an entry. */
const mostSteps = 100;

/**
 * Gives an entry readers or takes them away, however they are written: in the entry, or in a list that feeds others,
 * too. Who has or lacks it already needs no edit. Nothing is written. Errors: those of `editRules` and `editGroup`.
 */
export function editReaders(input: RulesInput, edit: ReaderEdit): RulesEdit {
  const edited = new Map<string, EditedFile>();
  let { files } = input;
  for (let count = 0; count < mostSteps; count += 1) {
    const step = nextStep({ ...input, files }, edit);
    if (step === null) return { ok: true, value: [...edited.values()] };
    if (!step.ok) return step;
    for (const file of step.value) {
      edited.set(file.path, { ...file, before: edited.get(file.path)?.before ?? file.before });
      files = overlayFiles(files, file.path, file.after);
    }
  }
  return { ...fail('unsupported', `the readers of ${edit.key} stand in too many places`), byHand: [] };
}

/** `null` when all is as it is to be. */
function nextStep(input: RulesInput, edit: ReaderEdit): RulesEdit | null {
  const { key, to, readers } = edit;
  const reading = readRules(input);
  if (!reading.ok) return { ...reading, byHand: [] };
  const entry = reading.value.entries.find((one) => one.key === key);
  if (entry === undefined) return { ...fail('not-found', `no rule for ${key}`), byHand: [] };
  if (isSo(reading.value, edit)) return null;
  const present = new Set(entry.publicKeys.map(({ text }) => idOf(text)));
  if (to === 'grant') {
    const missing = readers.find(({ keys }) => keys.some((one) => !present.has(idOf(one))));
    return missing === undefined ? null : editRules(input, { kind: 'grant', key, recipient: missing });
  }
  const gone = new Set(readers.flatMap(({ keys }) => keys.map(idOf)));
  const left = entry.publicKeys.find(({ text }) => gone.has(idOf(text)));
  if (left === undefined) return null;
  const own = entryParts(input, reading.value, key)?.parts.find(
    ({ keys }) => keys.length > 0 && keys.every((one) => gone.has(idOf(one))),
  );
  return own === undefined
    ? editGroup(input, key, left.text)
    : editRules(input, { kind: 'revoke', key, recipient: own.text });
}

/** Whether the entry has all of the readers already, or none of them. */
export function isSo({ entries }: RulesReading, { key, to, readers }: ReaderEdit): boolean {
  const present = new Set(entries.find((one) => one.key === key)?.publicKeys.map(({ text }) => idOf(text)));
  const ids = readers.flatMap(({ keys }) => keys.map(idOf));
  return entries.some((one) => one.key === key) && ids.every((id) => present.has(id) === (to === 'grant'));
}

const idOf = (text: string): string => parseRecipient(text).id;
