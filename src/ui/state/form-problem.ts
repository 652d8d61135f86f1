import { checkNewPath } from '../../app/usecases/check-new-path.ts';
import { formatKeyPath, parseKeyPath } from '../../core/address.ts';
import { nobodyReads } from '../../core/nobody-reads.ts';
import type { RecipientId } from '../../core/recipient.ts';
import { show } from '../../core/safe-text.ts';
import { formRows } from './form-rows.ts';
import type { Model } from './model.ts';
import type { FormField, NewForm } from './new-form.ts';

/** Said of a field: what forbids it, or what is odd about it. */
export interface FieldRemark {
  readonly level: 'problem' | 'note';
  readonly says: string;
}

const problem = (says: string): FieldRemark => ({ level: 'problem', says });

/** What is to be said of a field as it is; passed through `show()`. */
export function remarkOn(model: Model, form: NewForm, field: FormField): FieldRemark | null {
  const text = form.fields[field];
  if (field === 'name' && form.target.kind === 'key') return remarkOnKey(model, text);
  if (field === 'name' || field === 'keptIn') {
    if (field === 'keptIn' && text === form.fields.name) return problem('the hash has this name');
    const checked = checkNewPath(model.repository, text);
    if (!checked.ok) return problem(show(checked.error.says));
    const [note] = checked.value.notes;
    return note === undefined ? null : { level: 'note', says: show(note) };
  }
  if (field === 'length') return /^[1-9]\d{0,4}$/.test(text) ? null : problem('it is a number');
  if (field === 'user') return text === '' ? problem('a name is missing') : null;
  return null;
}

function remarkOnKey({ opened }: Model, text: string): FieldRemark | null {
  if (text === '') return problem('a name is missing');
  const path = parseKeyPath(text);
  if (!path.ok) return problem(show(path.error.says));
  const name = formatKeyPath(path.value);
  const isThere = opened?.entries.some((entry) => formatKeyPath(entry.path) === name) ?? false;
  return isThere ? problem(`${show(name)} is there already`) : null;
}

/** The first row that something forbids, and what. */
export function firstProblem(
  model: Model,
  form: NewForm,
): { readonly row: number; readonly says: string } | null {
  for (const [row, line] of formRows(form).entries()) {
    if (line.kind !== 'text') continue;
    const remark = remarkOn(model, form, line.field);
    if (remark?.level === 'problem') return { row, says: `${line.label}: ${remark.says}` };
  }
  if (form.target.kind === 'secret' && keysChosen(form).length === 0) {
    const row = formRows(form).findIndex(({ kind }) => kind === 'reader');
    return { row: Math.max(0, row), says: 'nobody is chosen to read it' };
  }
  return null;
}

export const keysChosen = ({ readers }: NewForm): readonly RecipientId[] => [
  ...new Set(readers.filter(({ isChosen }) => isChosen).flatMap(({ keys }) => keys)),
];

/** No key found here is one of those chosen, as far as that is known. */
export const isLockOut = ({ identities }: Model, form: NewForm): boolean => {
  const keys = keysChosen(form);
  return keys.length > 0 && identities !== null && nobodyReads(keys, identities);
};
