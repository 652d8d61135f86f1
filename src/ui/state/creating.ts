import { notesOnPath } from '../../app/usecases/check-new-path.ts';
import { rulePlace } from '../../app/usecases/rule-place.ts';
import { defaultLengths } from '../../app/usecases/value-kinds.ts';
import { disabledReason } from '../keys/availability.ts';
import { windowTop } from '../layout.ts';
import { firstProblem } from './form-problem.ts';
import { type FormRow, formRows, isHash, isTyped, sourceOf } from './form-rows.ts';
import { browserView, type Model } from './model.ts';
import type { FormField, NewForm } from './new-form.ts';
import { editorPage, formHeight, selectedSecret, targetOfNew } from './select.ts';
import { type ModelStep, request, still, warning, withEffect, withToast } from './step.ts';

const emptyFields: Readonly<Record<FormField, string>> = {
  name: '',
  value: 'typed',
  length: '',
  alphabet: 'alphanumeric',
  separator: '-',
  comment: '',
  user: '',
  password: 'typed',
  keptIn: '',
};

/** Characters of a password behind a hash: it is typed, not copied. */
const hashedLength = '24';

/** Asks for what is to be made: a secret, the file of a rule that has none, or a value beside others. */
export function beginNew(model: Model, now: number): ModelStep {
  const reason = disabledReason(model, 'new');
  if (reason !== null) return still(withToast(model, warning(reason, now)));
  const target = targetOfNew(model);
  const like = selectedSecret(model)?.id ?? null;
  const directory = like?.slice(0, like.lastIndexOf('/') + 1) ?? '';
  const name = target.kind === 'secret' ? directory : target.kind === 'rule' ? target.id : '';
  const form: NewForm = {
    target,
    like,
    fields: { ...emptyFields, name },
    rulesFile: null,
    readers: [],
    cursor: 0,
    top: 0,
    isWriting: false,
    isBusy: false,
    isHasty: false,
  };
  const opened: Model = { ...model, form, revealed: null, pane: 'list', view: { kind: 'form' } };
  return target.kind === 'secret' ? offerReaders(opened, form) : still(opened);
}

/** Who can read it depends on the rules file that its path belongs to. */
function offerReaders(model: Model, form: NewForm): ModelStep {
  const path = form.fields.name;
  const place = rulePlace(model.repository, path);
  if (!place.ok || place.value.rulesFile === form.rulesFile) return still({ ...model, form });
  const { rulesFile } = place.value;
  return request({ ...model, form: { ...form, rulesFile } }, 'offer', (id) => ({
    type: 'offer-readers',
    request: id,
    place: place.value,
    like: form.like,
  }));
}

export const rowOf = (form: NewForm): FormRow | undefined => formRows(form)[form.cursor];

/** Another row, or the same one still in sight after the form changed. */
function withCursor(model: Model, form: NewForm, wanted: number): Model {
  const count = formRows(form).length;
  const cursor = Math.max(0, Math.min(wanted, count - 1));
  const top = windowTop(form.top, cursor, formHeight(model), count);
  return { ...model, form: { ...form, cursor, top } };
}

export const moveInForm =
  (by: number) =>
  (model: Model): ModelStep =>
    still(model.form ? withCursor(model, model.form, model.form.cursor + by) : model);

export const pageInForm =
  (by: 1 | -1) =>
  (model: Model): ModelStep =>
    moveInForm(by * Math.max(1, formHeight(model) - 1))(model);

function withField(model: Model, form: NewForm, field: FormField, text: string): ModelStep {
  const fields = { ...form.fields, [field]: text };
  if (field === 'value') {
    const next = { ...form, fields };
    const kind = sourceOf(next);
    const usual = kind === 'typed' ? undefined : defaultLengths[kind];
    fields.length = isHash(kind) ? hashedLength : `${usual ?? ''}`;
    fields.alphabet = isHash(kind) ? 'readable' : 'alphanumeric';
  }
  if (field === 'password' && fields.keptIn === '')
    fields.keptIn = `${fields.name.replace(/\.age$/, '')}-password.age`;
  const changed: NewForm = { ...form, fields };
  const placed = withCursor(model, changed, form.cursor);
  return field === 'name' && form.target.kind === 'secret' && placed.form
    ? offerReaders(placed, placed.form)
    : still(placed);
}

/** The next or the one before of what a row can be. */
export const choose =
  (by: 1 | -1) =>
  (model: Model): ModelStep => {
    const { form } = model;
    const row = form && rowOf(form);
    if (!form || !row) return still(model);
    if (row.kind === 'reader') return toggleReader(model, form, row.index);
    if (row.kind === 'text') return still(model);
    const at = row.choices.indexOf(form.fields[row.field]);
    const next = row.choices[(at + by + row.choices.length) % row.choices.length] ?? '';
    return withField(model, form, row.field, next);
  };

const toggleReader = (model: Model, form: NewForm, index: number): ModelStep =>
  still({
    ...model,
    form: {
      ...form,
      readers: form.readers.map((reader, at) =>
        at === index ? { ...reader, isChosen: !reader.isChosen } : reader,
      ),
    },
  });

/** Space types one in a line of text, and chooses elsewhere. */
export const toggle = (model: Model): ModelStep =>
  model.form && rowOf(model.form)?.kind === 'text' ? typeInForm(model, ' ') : choose(1)(model);

/** Only a line of text takes what is typed: what is meant to be secret belongs in the editor. */
export function typeInForm(model: Model, text: string): ModelStep {
  const { form } = model;
  const row = form && rowOf(form);
  if (!form || form.isBusy || row?.kind !== 'text') return still(model);
  return withField(model, form, row.field, form.fields[row.field] + text);
}

export const eraseInForm =
  (how: 'character' | 'word' | 'line') =>
  (model: Model): ModelStep => {
    const { form } = model;
    const row = form && rowOf(form);
    if (!form || row?.kind !== 'text') return still(model);
    const text = form.fields[row.field];
    const left = {
      character: () => [...text].slice(0, -1).join(''),
      // As far as the directory before.
      word: () => text.replace(/[^/\s]*[/\s]*$/, ''),
      line: () => '',
    }[how]();
    return withField(model, form, row.field, left);
  };

/** To the value, where somebody types it; else to what would be written. */
export function goOn(model: Model, now: number): ModelStep {
  const { form } = model;
  if (!form || form.isBusy) return still(model);
  if (model.waiting.offer !== undefined) return still({ ...model, form: { ...form, isHasty: true } });
  const problem = firstProblem(model, form);
  if (problem) return still(withToast(withCursor(model, form, problem.row), warning(problem.says, now)));
  if (!isTyped(form)) return prepareNew(model);
  const writing: Model = { ...model, form: { ...form, isWriting: true } };
  return withEffect(writing, { type: 'begin-text', page: editorPage(writing) });
}

/** What would be written, before it is. */
export function prepareNew(model: Model): ModelStep {
  const { form, editor } = model;
  if (!form || form.isBusy) return still(model);
  const busy: Model = {
    ...model,
    form: { ...form, isBusy: true },
    editor: editor && { ...editor, isSaving: true },
  };
  return request(withToast(busy, { level: 'info', text: 'preparing', until: null }), 'write', (id) => ({
    type: 'prepare-new',
    request: id,
    form,
    mayBeEmpty: editor?.mayBeEmpty ?? false,
  }));
}

/** Leaves all of it, and overwrites what was typed. */
export const closeForm = (model: Model): ModelStep =>
  withEffect(
    { ...model, form: null, editor: null, view: browserView },
    { type: 'close-draft' },
    { type: 'drop-new' },
  );

export function leaveForm(model: Model): ModelStep {
  const { form, editor } = model;
  if (!form || form.isBusy) return still(model);
  if (!editor?.status.isChanged) return closeForm(model);
  const lines = ['A value was typed for it.', 'y drops it. esc goes back.'];
  return still({
    ...model,
    view: {
      kind: 'question',
      question: { about: 'leave', title: 'leave without making it?', lines },
      top: 0,
    },
  });
}

/** From the value back to the form, which keeps it. */
export const backToForm = (model: Model): ModelStep =>
  still({ ...model, view: { kind: 'form' }, form: model.form && { ...model.form, isWriting: false } });

/** What it will be called: a path, or `FILE#KEY`. */
export const nameOfNew = ({ target, fields }: NewForm): string =>
  target.kind === 'key' ? `${target.id}#${fields.name}` : fields.name;

export const oddities = ({ repository }: Model, { target, fields }: NewForm): readonly string[] =>
  target.kind === 'secret' ? notesOnPath(repository, fields.name) : [];
