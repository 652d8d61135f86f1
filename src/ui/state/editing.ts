import type { Agreement } from '../../app/usecases/apply-agreed.ts';
import { formatAddress } from '../../core/address.ts';
import { counted } from '../../core/counted.ts';
import { show } from '../../core/safe-text.ts';
import { countStaged, nothingStaged } from '../../core/staged-toggles.ts';
import type { DraftCommand } from '../editor/draft-command.ts';
import { disabledReason } from '../keys/availability.ts';
import { backToForm, prepareNew } from './creating.ts';
import type { EditorState } from './editor-state.ts';
import { withKeys } from './locking.ts';
import type { Stamped } from './message.ts';
import { browserView, type Model, restingView } from './model.ts';
import { pathOfLine, revealTime } from './opening.ts';
import { sayError, take, whyCancelled } from './replies.ts';
import { editorPage, selectedLine } from './select.ts';
import {
  andThen,
  answered,
  failure,
  info,
  type ModelStep,
  request,
  still,
  warning,
  withEffect,
  withToast,
} from './step.ts';

/** What is edited, as it is called: `db.age`, or `db.age#password`. */
export const editedName = ({ id, key }: Pick<EditorState, 'id' | 'key'>): string =>
  show(formatAddress(id, key ?? undefined));

export function beginEdit(model: Model, now: number): ModelStep {
  const line = selectedLine(model);
  const reason = disabledReason(model, 'edit');
  if (reason !== null || !line) return still(withToast(model, warning(reason ?? 'nothing is selected', now)));
  const key = pathOfLine(model, line) ?? null;
  const page = editorPage(model);
  return request({ ...model, revealed: null }, 'edit', (id) => ({
    type: 'begin-edit',
    request: id,
    id: line.id,
    key,
    page,
  }));
}

export function onEditing(model: Model, reply: Extract<Stamped, { type: 'editing' }>): ModelStep {
  const { outcome, id, key, identities, now } = reply;
  const current = take(model, 'edit', reply);
  // Nobody waits for it any more; its bytes must not stay.
  if (!current)
    return outcome.ok && !model.editor ? withEffect(model, { type: 'close-draft' }) : still(model);
  const view = current.view.kind === 'passphrase' ? browserView : current.view;
  return andThen(
    withKeys({ ...current, toast: null, view, isUnlocking: false }, outcome.ok, identities, now),
    (keyed) => {
      if (!outcome.ok) {
        const cancelled = whyCancelled(outcome.error);
        const says = [sayError(outcome.error), keyed.note].filter(Boolean).join('; ');
        return still(withToast(keyed, cancelled ? info(cancelled, now) : failure(says)));
      }
      const { kind, base, status } = outcome.value;
      const rest = { isHidden: false, hideAt: now + revealTime, isSaving: false, mayBeEmpty: false };
      const editor: EditorState = { id, key, kind, base, status, ...rest };
      return still({ ...keyed, editor, view: { kind: 'editor' }, revealed: null });
    },
  );
}

/** Runs a command on the text, which is not here. */
export const editDraft =
  (command: DraftCommand) =>
  (model: Model): ModelStep =>
    withEffect(model, { type: 'edit-draft', command, page: editorPage(model) });

/** A key goes to the text, or shows it again where it was hidden. */
export function touch(model: Model, now: number): Model {
  return model.editor
    ? { ...model, editor: { ...model.editor, isHidden: false, hideAt: now + revealTime } }
    : model;
}

/** The text is kept, and not shown until a key. */
export const hide = (model: Model): Model =>
  model.editor ? { ...model, editor: { ...model.editor, isHidden: true } } : model;

export const onEdited = (model: Model, { status }: Extract<Stamped, { type: 'edited' }>): Model =>
  model.editor ? { ...model, editor: { ...model.editor, status } } : model;

/** Overwrites the text and goes back to the list. */
export const leaveEditor = (model: Model): ModelStep =>
  withEffect(answered({ ...model, editor: null, view: restingView({ ...model, editor: null }) }, 'write'), {
    type: 'close-draft',
  });

export function leaveOrAsk(model: Model): ModelStep {
  const { editor } = model;
  if (!editor) return still(model);
  if (editor.status.selected) return editDraft('unselect')(model);
  if (model.form) return backToForm(model);
  if (!editor.status.isChanged) return leaveEditor(model);
  const lines = [`${editedName(editor)} is not saved.`, 'y drops the edit. esc goes back to it.'];
  return still({
    ...model,
    view: { kind: 'question', question: { about: 'leave', title: 'leave without saving?', lines }, top: 0 },
  });
}

/** Quits at once, unless something would be lost by it. */
export function exitOrAsk(model: Model, now: number): ModelStep {
  const { editor, outside, view } = model;
  const isAsked = outside !== null && (outside.question !== null || view.kind === 'passphrase');
  if (model.waiting.write !== undefined && !isAsked) {
    return still(withToast(model, info('writing, one moment', now)));
  }
  const unsaved = outside?.question ? outside : editor?.status.isChanged ? editor : null;
  const { grant, revoke } = countStaged(model.matrix?.staged ?? nothingStaged);
  if (!unsaved && grant + revoke === 0) {
    return withEffect({ ...hide(model), revealed: null }, { type: 'quit' });
  }
  const lines = unsaved
    ? [`${editedName(unsaved)} is not saved.`, 'y quits and drops the edit. esc goes back to it.']
    : [
        `${counted(grant + revoke, 'change')} of who reads what ${grant + revoke === 1 ? 'is' : 'are'} staged and not written.`,
        'y quits and drops them. esc goes back.',
      ];
  return still({
    ...model,
    view: { kind: 'question', question: { about: 'exit', title: 'quit without saving?', lines }, top: 0 },
  });
}

export function save(model: Model, now: number, agreed: Agreement = 'none'): ModelStep {
  const { editor } = model;
  if (!editor || editor.isSaving) return still(model);
  if (model.form) return prepareNew(model);
  if (!editor.status.isChanged) {
    return andThen(leaveEditor(model), (left) =>
      still(withToast(left, info(`${editedName(editor)} is as it was: nothing was written`, now))),
    );
  }
  const saving: Model = { ...model, view: { kind: 'editor' }, editor: { ...editor, isSaving: true } };
  return request(withToast(saving, { level: 'info', text: 'saving', until: null }), 'write', (id) => ({
    type: 'save-draft',
    request: id,
    editor,
    agreed,
  }));
}
