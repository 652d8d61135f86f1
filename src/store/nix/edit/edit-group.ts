import { fail } from '../../../core/outcome.ts';
import { applySplices, type Splice } from '../../../core/splice.ts';
import { parseRecipient } from '../../../crypto/parse-recipient.ts';
import { fromBytes, toBytes } from '../byte-string.ts';
import { NixFailure } from '../nix-failure.ts';
import { type RulesInput, readRules } from '../read-rules.ts';
import type { DeclaredKey, Grant, RulesEntry, RulesReading } from '../rules-reading.ts';
import { revokeSplice } from './change-recipients.ts';
import { sameButReaders, textsOf } from './compare-readings.ts';
import { overlayFiles } from './overlay-files.ts';
import { expressionsOf, type ParsedSource, parseSource } from './parsed-source.ts';
import { operandsOf, partsOf } from './recipient-parts.ts';
import type { EditedFile, HandEdit, RulesEdit } from './rules-change.ts';
import { wholeValue } from './whole-value.ts';

/** Beyond so many parts nobody wrote the list by hand. */
const mostParts = 300;

/**
 * Takes a key out of the list from which an entry has it, and so from all entries that this list feeds. What is returned
 * was evaluated again: entries lost this key or nothing, in the same order otherwise. Nothing is written. Errors:
 * `not-found`, `unsupported` with the places of the lists, those of `readRules`.
 */
export function editGroup(input: RulesInput, entryKey: string, key: string): RulesEdit {
  const before = readRules(input);
  if (!before.ok) return { ...before, byHand: [] };
  const id = idOf(key);
  const entry = before.value.entries.find((one) => one.key === entryKey);
  const own = entry?.publicKeys.find(({ text }) => idOf(text) === id);
  if (own === undefined)
    return { ...fail('not-found', `no such key in the rule for ${entryKey}`), byHand: [] };
  const whole = wholeValue(input);
  const lists = own.via.filter(({ kind }) => kind === 'list');
  for (const list of whole === null ? [] : lists) {
    for (const edited of withoutOnePart(input, list)) {
      const files = overlayFiles(input.files, edited.path, edited.after);
      const after = readRules({ ...input, files });
      if (!after.ok || !losesOnly(before.value, after.value, entryKey, id)) continue;
      const wholeAfter = wholeValue({ ...input, files });
      if (wholeAfter !== null && whole !== null && sameButReaders(whole, wholeAfter, () => true))
        return { ok: true, value: [edited] };
    }
  }
  const says = `${nameOf(own)} is in the rule for ${entryKey} in a way that cannot be edited`;
  return { ...fail('unsupported', says, { hint: 'edit the rules by hand' }), byHand: byHand(own, lists) };
}

/** The file of a list without one of its parts, each in turn. */
function* withoutOnePart(input: RulesInput, { value }: Grant): Generator<EditedFile> {
  if (value === undefined) return;
  const path = `${input.root}/${value.file}`;
  const read = input.files.readFile(path);
  const parsed = read.ok ? parsedOrNull(path, fromBytes(read.value)) : null;
  if (parsed === null) return;
  const expression = [...expressionsOf(parsed.root)].find(
    ({ start, end }) => start >= value.start && end <= value.end,
  );
  if (expression === undefined) return;
  const { text } = parsed.source;
  const operands = operandsOf(parsed, expression);
  for (const part of partsOf(parsed, operands).slice(0, mostParts)) {
    const { node, items } = part.operand;
    const emptied: Splice | null = items === null ? null : { start: node.start, end: node.end, text: '[ ]' };
    const splice = revokeSplice(parsed, operands, part) ?? emptied;
    if (splice === null) continue;
    yield { path, before: toBytes(text), after: toBytes(applySplices(text, [splice])) };
  }
}

function parsedOrNull(path: string, text: string): ParsedSource | null {
  try {
    return parseSource(path, text);
  } catch (error) {
    if (error instanceof NixFailure) return null;
    throw error;
  }
}

/** Every entry is there and has all its readers but perhaps this one, which the entry in question has less often. */
function losesOnly(before: RulesReading, after: RulesReading, entryKey: string, id: string): boolean {
  const names = ({ entries, broken }: RulesReading): string =>
    JSON.stringify([entries.map(({ key }) => key), broken.map(({ key }) => key)]);
  if (names(before) !== names(after)) return false;
  const times = ({ publicKeys }: RulesEntry): number =>
    publicKeys.filter(({ text }) => idOf(text) === id).length;
  const others = ({ publicKeys }: RulesEntry): string =>
    JSON.stringify(textsOf(publicKeys.filter(({ text }) => idOf(text) !== id)));
  return before.entries.every((was, index) => {
    const is = after.entries[index];
    if (is === undefined || is.armor !== was.armor || others(was) !== others(is)) return false;
    return was.key === entryKey ? times(is) < times(was) : times(is) <= times(was);
  });
}

function byHand(own: DeclaredKey, lists: readonly Grant[]): readonly HandEdit[] {
  return lists.flatMap(({ value }) =>
    value === undefined
      ? []
      : [{ at: { file: value.file, line: value.line, column: value.column }, remove: nameOf(own), put: '' }],
  );
}

const idOf = (text: string): string => parseRecipient(text).id;

const nameOf = ({ names, text }: DeclaredKey): string => names[0]?.text ?? text;
