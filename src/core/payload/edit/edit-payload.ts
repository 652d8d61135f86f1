import { Buffer } from 'node:buffer';
import { fail } from '../../outcome.ts';
import type { Payload, PayloadKind } from '../../payload.ts';
import { decodeUtf8 } from '../../utf8.ts';
import { parsePayload } from '../parse-payload.ts';
import type { TextEntry } from '../text-entry.ts';
import { draftAssignments } from './edit-assignments.ts';
import { draftJson } from './edit-json.ts';
import { draftYaml } from './edit-yaml.ts';
import { dotenvFormat, iniFormat, keyValueFormat } from './flat-format.ts';
import { samePath } from './key-path.ts';
import type { Draft, Drafting, PayloadEdit, PayloadEditing, Refusal, TextEdit } from './payload-edit.ts';
import { plainText, spliceOriginal } from './plain-text.ts';
import { positionAt } from './text-position.ts';

/**
 * Changes one value of a structured payload and nothing else of its text: style, comments, order, line ends and the
 * final newline stay. What is returned was read again and has exactly the values that were asked for. Errors: `usage`
 * for a name that cannot be or is there already, `not-found`, and `unsupported` for payloads without keys and
 * for values that their format cannot write.
 *
 * The bytes returned belong to the caller, who wipes them.
 */
export async function editPayload(bytes: Uint8Array, edit: PayloadEdit): Promise<PayloadEditing> {
  const payload = await parsePayload(bytes);
  try {
    const original = decodeUtf8(bytes);
    const textEdit = asText(edit);
    if (original === null || !hasKeys(payload.kind)) {
      return fail('unsupported', `the secret is ${payload.kind}, which has no keys to change`, {
        hint: 'change it as a whole',
      });
    }
    if (textEdit === null)
      return fail('unsupported', 'the value is not text', { hint: 'encode it, for instance as base64' });
    const source = plainText(original);
    const entries = textEntries(payload);
    if (textEdit.kind === 'set' && holds(entries, textEdit))
      return { ok: true, value: Uint8Array.from(bytes) };
    const draft = await draftFor(payload.kind, source.text, textEdit, entries);
    if ('refusal' in draft) return refused(source.text, draft.refusal);
    for (const splices of draft.candidates) {
      const result = Buffer.from(spliceOriginal(source, splices));
      if (await readsAs(result, payload, draft)) return { ok: true, value: result };
      result.fill(0);
    }
    return refused(source.text, {
      code: 'unsupported',
      says: `no way to write this leaves the rest of the ${payload.kind} as it is`,
      hint: 'change the secret as a whole',
      at: draft.at,
    });
  } finally {
    wipe(payload);
  }
}

const keyed = ['dotenv', 'ini', 'key-value', 'json', 'yaml'] as const;
type Keyed = (typeof keyed)[number];
const hasKeys = (kind: PayloadKind): kind is Keyed => keyed.some((one) => one === kind);

function draftFor(
  kind: Keyed,
  text: string,
  edit: TextEdit,
  entries: readonly TextEntry[],
): Drafting | Promise<Drafting> {
  switch (kind) {
    case 'dotenv':
      return draftAssignments(text, edit, dotenvFormat);
    case 'ini':
      return draftAssignments(text, edit, iniFormat);
    case 'key-value':
      return draftAssignments(text, edit, keyValueFormat);
    case 'json':
      return draftJson(text, edit, entries);
    case 'yaml':
      return draftYaml(text, edit, entries);
  }
}

function asText(edit: PayloadEdit): TextEdit | null {
  if (edit.kind === 'remove' || edit.kind === 'rename') return edit;
  const value = edit.value.includes(0) ? null : decodeUtf8(edit.value);
  return value === null ? null : { ...edit, value };
}

const textEntries = ({ entries }: Payload): readonly TextEntry[] =>
  entries.map(({ path, value }) => ({ path, text: Buffer.from(value).toString('utf8') }));

const holds = (entries: readonly TextEntry[], edit: { path: readonly string[]; value: string }): boolean =>
  entries.some(({ path, text }) => samePath(path, edit.path) && text === edit.value);

async function readsAs(result: Uint8Array, before: Payload, { expected }: Draft): Promise<boolean> {
  const after = await parsePayload(result);
  const entries = textEntries(after);
  wipe(after);
  return (
    after.kind === before.kind &&
    after.finalNewline === before.finalNewline &&
    entries.length === expected.length &&
    expected.every(({ path, text }, index) => {
      const entry = entries[index];
      return entry !== undefined && samePath(entry.path, path) && entry.text === text;
    })
  );
}

function refused(text: string, { code, says, hint, at }: Refusal): PayloadEditing {
  const failure = fail(code, says, hint === undefined ? {} : { hint });
  return at === undefined ? failure : { ...failure, at: positionAt(text, at) };
}

function wipe({ entries }: Payload): void {
  for (const { value } of entries) value.fill(0);
}
