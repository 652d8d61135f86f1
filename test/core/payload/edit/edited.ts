import { Buffer } from 'node:buffer';
import { parseKeyPath } from '../../../../src/core/address.ts';
import { editPayload } from '../../../../src/core/payload/edit/edit-payload.ts';
import type { PayloadEdit, PayloadEditing } from '../../../../src/core/payload/edit/payload-edit.ts';

const pathOf = (text: string): readonly string[] => {
  const path = parseKeyPath(text);
  if (!path.ok) throw new Error(`no key path: ${text}`);
  return path.value;
};

export const set = (path: string, value: string): PayloadEdit => ({
  kind: 'set',
  path: pathOf(path),
  value: Buffer.from(value),
});
export const add = (path: string, value: string): PayloadEdit => ({
  kind: 'add',
  path: pathOf(path),
  value: Buffer.from(value),
});
export const remove = (path: string): PayloadEdit => ({ kind: 'remove', path: pathOf(path) });
export const rename = (path: string, name: string): PayloadEdit => ({
  kind: 'rename',
  path: pathOf(path),
  name,
});

export const editing = (before: string, edit: PayloadEdit): Promise<PayloadEditing> =>
  editPayload(Buffer.from(before), edit);

/** The text after an edit, or what was said instead, with its place. */
export async function edited(before: string, edit: PayloadEdit): Promise<string> {
  const result = await editing(before, edit);
  if (result.ok) return Buffer.from(result.value).toString();
  const at = result.at === undefined ? '' : ` at ${result.at.line}:${result.at.column}`;
  return `${result.error.code}: ${result.error.says}${at}`;
}
