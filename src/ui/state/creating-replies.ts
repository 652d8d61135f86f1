import { parseKeyPath } from '../../core/address.ts';
import { show } from '../../core/safe-text.ts';
import { keyFor } from '../keys/resolve-key.ts';
import { closeForm, goOn, nameOfNew, oddities } from './creating.ts';
import { touch } from './editing.ts';
import { followLine } from './list-lines.ts';
import type { Stamped } from './message.ts';
import { type Model, restingView } from './model.ts';
import { revealTime } from './opening.ts';
import { planLines } from './plan-lines.ts';
import { sayError, take, withRepository } from './replies.ts';
import { shownKey } from './select.ts';
import { andThen, failure, infoWith, type ModelStep, request, still, withToast } from './step.ts';
import { clearFilter } from './typing.ts';

type Reply<T extends Stamped['type']> = Extract<Stamped, { type: T }>;

/** Who can read it; whoever was chosen stays so. */
export function onOffered(model: Model, reply: Reply<'offered'>): ModelStep {
  const current = take(model, 'offer', reply);
  const form = current?.form;
  if (!current || !form) return still(model);
  const { outcome, now } = reply;
  const calm: Model = { ...current, form: { ...form, isHasty: false } };
  if (!outcome.ok) return still(withToast(calm, failure(sayError(outcome.error))));
  const before = new Map(form.readers.map(({ name, isChosen }) => [name, isChosen]));
  const readers = outcome.value.map((one) => ({ ...one, isChosen: before.get(one.name) ?? one.isLike }));
  const known: Model = { ...calm, form: { ...form, isHasty: false, readers } };
  return form.isHasty ? goOn(known, now) : still(known);
}

/** An empty text, or the one that was left, is there to be typed. */
export function onTextBegun(model: Model, { status, now }: Reply<'text-begun'>): Model {
  const { form, editor } = model;
  if (!form) return model;
  const id = (form.target.kind === 'secret' ? form.fields.name : form.target.id) as Reply<'opened'>['id'];
  const path = form.target.kind === 'key' ? parseKeyPath(form.fields.name) : null;
  const key = path?.ok ? path.value : null;
  const rest = { isHidden: false, hideAt: now + revealTime, isSaving: false, mayBeEmpty: false };
  const begun = { ...rest, ...editor, id, key, kind: 'text', base: null, status } as const;
  return touch({ ...model, editor: begun, view: { kind: 'editor' } }, now);
}

/** The plan is there to be agreed to. */
export function onPrepared(model: Model, reply: Reply<'prepared'>): ModelStep {
  const current = take(model, 'write', reply);
  const form = current?.form;
  if (!current || !form) return still(model);
  const editor = current.editor && { ...current.editor, isSaving: false };
  const rested: Model = { ...current, toast: null, editor, form: { ...form, isBusy: false } };
  const back: Model = { ...rested, view: restingView(rested) };
  const { outcome } = reply;
  if (!outcome.ok) return still(withToast(back, failure(`not made: ${sayError(outcome.error)}`)));
  const name = show(nameOfNew(form));
  if (outcome.value.did === 'empty') {
    const lines = [`The value of ${name} would be empty.`, 'y goes on. esc goes back to it.'];
    const question = { about: 'empty', title: 'nothing at all?', lines } as const;
    return still({ ...back, view: { kind: 'question', question, top: 0 } });
  }
  const { plan, texts, notes } = outcome.value;
  const isLockOut = plan.warnings.some(({ code }) => code === 'nobody-here-reads');
  const lines = [
    ...planLines(plan, texts),
    ...notes.map((says) => show(says)),
    ...oddities(current, form).map((says) => `! ${show(says)}`),
  ];
  const typed = isLockOut ? name : null;
  const question = { about: 'new', title: `make ${name}?`, lines, name: typed, typed: '' } as const;
  return still({ ...back, view: { kind: 'question', question, top: 0 } });
}

/** It is there: the list has it, and the cursor is on it. */
export function onMade(model: Model, reply: Reply<'made'>): ModelStep {
  const current = take(model, 'write', reply);
  const form = current?.form;
  if (!current || !form) return still(model);
  const { outcome, repository, now } = reply;
  const editor = current.editor && { ...current.editor, isSaving: false };
  const rested: Model = { ...current, toast: null, editor, form: { ...form, isBusy: false } };
  if (!outcome.ok) {
    const told = withToast(rested, failure(`not made: ${sayError(outcome.error)}`));
    return still({ ...told, view: restingView(told) });
  }
  const { target, fields } = form;
  const { id, notes = [] } = outcome.value;
  const ownWrites = { undo: current.ownWrites.undo + 1, redo: 0 };
  // Short: a message of two lines would lie over the line that it is about.
  const name = show(nameOfNew(form).replace(/^.*\//, ''));
  const says = `created ${name} · ${keyFor('undo')} takes it back`;
  const toast = infoWith(says, notes, now);
  // A search that would not find it must not hide it.
  const listed = target.kind === 'key' ? rested : clearFilter(rested);
  return andThen(closeForm({ ...listed, ownWrites }), (closed) =>
    andThen(withRepository(closed, repository), (next) => {
      const found = followLine(withToast(next, toast), { id, ranges: [] });
      if (target.kind !== 'key') return still(found);
      const path = parseKeyPath(fields.name);
      return request(found, 'open', (number) => ({
        type: 'open',
        request: number,
        id,
        purpose: 'return',
        key: shownKey(path?.ok ? path.value : []),
      }));
    }),
  );
}
