import type { Agreement } from '../../app/usecases/apply-agreed.ts';
import { show } from '../../core/safe-text.ts';
import { keyFor } from '../keys/resolve-key.ts';
import { editedName, leaveEditor } from './editing.ts';
import { chosenSecrets, noMarks } from './marks.ts';
import type { Stamped, WriteKind } from './message.ts';
import { type Model, restingView } from './model.ts';
import { sayError, take, withRepository } from './replies.ts';
import { editorPage, shownKey } from './select.ts';
import { andThen, failure, info, type ModelStep, request, still, withEffect, withToast } from './step.ts';
import { questionFor } from './write-question.ts';

type Wrote = Extract<Stamped, { type: 'wrote' }>;

/** Takes the last write back, or does it again: at once when it was made here, else after asking. */
export function reverse(model: Model, which: 'undo' | 'redo', agreed?: Agreement): ModelStep {
  const isOwn = model.ownWrites[which] > 0;
  return request(model, 'write', (id) => ({
    type: 'reverse',
    request: id,
    which,
    agreed: agreed ?? (isOwn ? 'anything' : 'none'),
  }));
}

/** The rules are evaluated for each of many secrets, which takes a moment. */
export const preparing = (model: Model): Model =>
  withToast(model, { level: 'info', text: 'looking what that changes', until: null });

/** Deletes what is picked, or the secret under the cursor, with its rules: nothing happens before the question. */
export function remove(model: Model): ModelStep {
  const ids = chosenSecrets(model);
  return request(preparing(model), 'write', (id) => ({ type: 'remove', request: id, ids, agreed: 'none' }));
}

export function onWrote(model: Model, reply: Wrote): ModelStep {
  const current = take(model, 'write', reply);
  if (!current) return still(model);
  const { outcome, what, now } = reply;
  const view = current.view.kind === 'passphrase' ? restingView(current) : current.view;
  const editor = current.editor && { ...current.editor, isSaving: false };
  const rested: Model = { ...current, toast: null, view, editor, isUnlocking: false };
  if (!outcome.ok) {
    const lead = what === 'save' ? 'not saved: ' : '';
    return still(withToast(rested, failure(lead + sayError(outcome.error))));
  }
  const result = outcome.value;
  switch (result.did) {
    case 'written':
      return written(rested, reply);
    case 'unchanged':
      return andThen(leaveEditor(rested), (left) =>
        still(withToast(left, info('it has this value already: nothing was written', now))),
      );
    case 'broken': {
      const { line, column } = result.place;
      const says = `not saved: no ${result.kind} any more at line ${line}, column ${column}`;
      const told = withToast(rested, failure(says));
      return withEffect(told, { type: 'place-cursor', line, column, page: editorPage(told) });
    }
    case 'conflict':
    case 'empty':
    case 'ask': {
      const question = questionFor(rested, reply, result);
      return still({ ...rested, view: { kind: 'question', question, top: 0 } });
    }
  }
}

function written(model: Model, { what, label, repository, now }: Wrote): ModelStep {
  const { undo, redo } = model.ownWrites;
  const ownWrites = {
    save: { undo: undo + 1, redo: 0 },
    remove: { undo: undo + 1, redo: 0 },
    undo: { undo: Math.max(0, undo - 1), redo: redo + 1 },
    redo: { undo: undo + 1, redo: Math.max(0, redo - 1) },
  }[what];
  const left = what === 'save' ? leaveEditor(model) : still({ ...model, view: restingView(model) });
  const isDone = what === 'remove';
  return andThen(left, (closed) =>
    andThen(
      withRepository({ ...closed, ownWrites, marks: isDone ? noMarks : closed.marks }, repository),
      (next) => unfoldAgain(model, withToast(next, info(saidOf(what, model, label), now))),
    ),
  );
}

/** Whoever edited one key of several finds them listed as before. */
function unfoldAgain({ editor, isUnfolded, opened }: Model, model: Model): ModelStep {
  if (!editor || !isUnfolded || opened?.id !== editor.id) return still(model);
  const key = editor.key && shownKey(editor.key);
  return request(model, 'open', (id) => ({
    type: 'open',
    request: id,
    id: editor.id,
    purpose: 'return',
    ...(key !== null && { key }),
  }));
}

function saidOf(what: WriteKind, { editor }: Model, label: string): string {
  const back = `${keyFor('undo')} takes it back`;
  if (what === 'save') return `saved ${editor ? editedName(editor) : ''} · ${back}`;
  if (what === 'remove') return `deleted: ${show(label)} · ${back}`;
  return what === 'undo'
    ? `taken back: ${show(label)} · ${keyFor('redo')} does it again`
    : `done again: ${show(label)} · ${back}`;
}
