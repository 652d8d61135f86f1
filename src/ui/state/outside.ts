import type { Choice } from '../../app/usecases/text-obstacle.ts';
import type { AppError } from '../../core/outcome.ts';
import { show } from '../../core/safe-text.ts';
import { disabledReason } from '../keys/availability.ts';
import { keyFor } from '../keys/resolve-key.ts';
import { hide, touch } from './editing.ts';
import { withKeys } from './locking.ts';
import type { Stamped } from './message.ts';
import { type Model, restingView, type Toast } from './model.ts';
import { pathOfLine } from './opening.ts';
import { outsideQuestion } from './outside-question.ts';
import type { OutsideState } from './outside-state.ts';
import { runReload } from './reloading.ts';
import { sayError, take } from './replies.ts';
import { editorPage, selectedLine } from './select.ts';
import {
  failure,
  info,
  isStale,
  type ModelStep,
  request,
  still,
  warning,
  withEffect,
  withToast,
} from './step.ts';
import { written } from './writing.ts';

type Reply<T extends Stamped['type']> = Extract<Stamped, { type: T }>;

const begun = ({ id, key }: Pick<OutsideState, 'id' | 'key'>): OutsideState => ({
  id,
  key,
  question: null,
  dropped: 'no',
});

/** Gives the selected value to the user's editor; what is on the screen is masked before. */
export function beginOutside(model: Model, now: number): ModelStep {
  const line = selectedLine(model);
  const reason = disabledReason(model, 'outside');
  if (reason !== null || !line) return still(withToast(model, warning(reason ?? 'nothing is selected', now)));
  const { id } = line;
  const key = pathOfLine(model, line) ?? null;
  const leaving: Model = { ...model, revealed: null, toast: null, outside: begun({ id, key }) };
  return request(leaving, 'write', (number) => ({ type: 'edit-outside', request: number, id, key }));
}

/** Gives the text that is being edited to the user's editor, without saving it. */
export function reworkOutside(model: Model): ModelStep {
  const { editor } = model;
  if (!editor || editor.isSaving) return still(model);
  const { key } = editor;
  const kind = key === null ? editor.kind : 'text';
  const leaving = { ...model, toast: null, outside: begun(editor), editor: { ...editor, isSaving: true } };
  return request(hide(leaving), 'write', (number) => ({
    type: 'rework-outside',
    request: number,
    kind,
    page: editorPage(model),
  }));
}

/** The value is open, and its editor is about to have the terminal. */
export function onKeyed(model: Model, { request: id, isOpened, identities, now }: Reply<'keyed'>): ModelStep {
  if (isStale(model, 'write', id)) return still(model);
  const view = model.view.kind === 'passphrase' ? restingView(model) : model.view;
  return withKeys({ ...model, view, toast: null }, isOpened, identities, now);
}

export function onDoubted(model: Model, { request: id, doubt }: Reply<'doubted'>): ModelStep {
  const { outside } = model;
  // Nobody waits for it any more.
  if (isStale(model, 'write', id) || !outside)
    return withEffect(model, { type: 'answer-outside', choice: 'discard' });
  const question = outsideQuestion(outside, doubt);
  return still({
    ...model,
    outside: { ...outside, question },
    view: { kind: 'question', question, top: 0 },
    toast: null,
  });
}

/** @param isForTheirs the edit is given up for what somebody else wrote */
export function answerOutside(model: Model, choice: Choice, isForTheirs = false): ModelStep {
  const { outside } = model;
  if (!outside) return still(model);
  const dropped = choice !== 'discard' ? 'no' : isForTheirs ? 'for-theirs' : 'for-nothing';
  const answered: Model = { ...model, outside: { ...outside, question: null, dropped } };
  return withEffect({ ...answered, view: restingView(answered) }, { type: 'answer-outside', choice });
}

export function onOutsideWrote(model: Model, reply: Reply<'wrote'>): ModelStep {
  const current = take(model, 'write', reply);
  const { outside } = model;
  if (!current || !outside) return still(model);
  const { outcome, notes = [], now } = reply;
  const back: Model = { ...current, toast: null, outside: null };
  const rested: Model = { ...back, view: restingView(back) };
  if (outcome.ok && outcome.value.did === 'written')
    return written({ ...rested, outside }, reply, outcome.value.notes);
  if (outcome.ok) {
    const says = ['nothing changed, nothing written', ...notes].join('; ');
    return still(withToast(rested, notes.length > 0 ? warning(says, now) : info(says, now)));
  }
  if (outside.dropped === 'for-theirs') return runReload(rested, now);
  if (outside.dropped === 'for-nothing')
    return still(withToast(rested, info('the edit was dropped; nothing was written', now)));
  const { error } = outcome;
  if (error.code === 'needs-prompt')
    return still(withToast(rested, info('not opened: no passphrase was given', now)));
  const says = [sayError(error), rested.note].filter(Boolean).join('; ');
  return still(withToast(rested, sayEnded(error, says)));
}

export function onReworked(model: Model, reply: Reply<'reworked'>): ModelStep {
  const current = take(model, 'write', reply);
  if (!current?.editor) return still(model);
  const { outcome, notes, now } = reply;
  const status = outcome.ok ? outcome.value : current.editor.status;
  const editor = { ...current.editor, status, isSaving: false };
  const back = touch({ ...current, outside: null, view: { kind: 'editor' }, editor }, now);
  if (outcome.ok) {
    const says = [`not saved yet: ${keyFor('save')} does that`, ...notes.map((note) => show(note))].join(
      '; ',
    );
    return still(withToast(back, info(says, now)));
  }
  const { error } = outcome;
  return still(withToast(back, sayEnded(error, sayError(error))));
}

/** That nothing was written is seen, whoever ended the editor: it stays until the next key. */
const sayEnded = ({ code }: AppError, says: string): Toast =>
  code === 'stopped' ? { level: 'warning', text: says, until: null } : failure(says);
