import type { Agreement } from '../../app/usecases/apply-agreed.ts';
import type { SavedEdit } from '../../app/usecases/save-edit.ts';
import type { PlanView } from '../../app/usecases/views.ts';
import { show } from '../../core/safe-text.ts';
import { disabledReason } from '../keys/availability.ts';
import { keyFor } from '../keys/resolve-key.ts';
import { editedName, leaveEditor } from './editing.ts';
import type { Stamped, WriteKind } from './message.ts';
import { type Model, restingView } from './model.ts';
import type { Question } from './question.ts';
import { sayError, take, withRepository } from './replies.ts';
import { editorPage, selectedLine, shownKey } from './select.ts';
import {
  andThen,
  failure,
  info,
  type ModelStep,
  request,
  still,
  warning,
  withEffect,
  withToast,
} from './step.ts';

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

/** Deletes the selected secret and its rule; without an agreement nothing happens before the question. */
export function remove(model: Model, now: number): ModelStep {
  const line = selectedLine(model);
  const reason = disabledReason(model, 'remove');
  if (reason !== null || !line) return still(withToast(model, warning(reason ?? 'nothing is selected', now)));
  return request(model, 'write', (id) => ({ type: 'remove', request: id, id: line.id, agreed: 'none' }));
}

export function onWrote(model: Model, reply: Wrote): ModelStep {
  const current = take(model, 'write', reply);
  if (!current) return still(model);
  const { outcome, what, now } = reply;
  const view = current.view.kind === 'passphrase' ? restingView(current) : current.view;
  const editor = current.editor && { ...current.editor, isSaving: false };
  const rested: Model = { ...current, toast: null, view, editor };
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
      return still({ ...rested, view: { kind: 'question', question } });
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
  return andThen(left, (closed) =>
    andThen(withRepository({ ...closed, ownWrites }, repository), (next) =>
      unfoldAgain(model, withToast(next, info(saidOf(what, model, label), now))),
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

type Asked = Extract<SavedEdit, { readonly did: 'conflict' | 'empty' | 'ask' }>;

function questionFor({ editor }: Model, { what, label, id }: Wrote, asked: Asked): Question {
  const name = editor ? editedName(editor) : show(label);
  if (asked.did === 'conflict') {
    const only = editor?.key
      ? ['o replaces only this value in what is there now.']
      : ['o writes the edit over it.'];
    const title = 'changed on disk';
    const lines = [
      asked.now === null
        ? `${name} was deleted since the edit began. Nothing was written.`
        : `${name} was changed by somebody else since the edit began. Nothing was written.`,
      ...(asked.now === null ? ['o creates it again with the edit.'] : only),
      't drops the edit and takes what is there.',
      'esc goes back to the edit.',
    ];
    return { about: 'conflict', now: asked.now, title, lines };
  }
  if (asked.did === 'empty') {
    return {
      about: 'empty',
      title: 'save nothing at all?',
      lines: [`The value of ${name} would be empty.`, 'y writes it. esc goes back to the edit.'],
    };
  }
  const { plan, agreement } = asked;
  const lines = planLines(plan);
  if (what === 'save') {
    const isLockOut = plan.warnings.some(({ code }) => code === 'nobody-here-reads');
    const typed = isLockOut ? name : null;
    return { about: 'save', title: `save ${name}?`, lines, agreed: agreement, name: typed, typed: '' };
  }
  if (id !== null) return { about: 'remove', title: `delete ${show(id)}?`, lines, agreed: agreement, id };
  const which = what === 'redo' ? 'redo' : 'undo';
  const title = which === 'undo' ? `take back ${show(label)}?` : `do again ${show(label)}?`;
  return { about: which, title, lines, agreed: agreement };
}

const verbs = {
  encrypt: 'encrypts',
  delete: 'deletes',
  copy: 'copies to',
  rewrite: 'edits',
  restore: 'puts back',
} as const;

/** What a plan would do, and what there is to know about it. */
function planLines({ steps, warnings }: PlanView): readonly string[] {
  return [
    ...steps.map(({ do: what, path }) => `${verbs[what]} ${show(path)}`),
    ...warnings.map(({ path, says }) => `! ${show(path)}: ${show(says)}`),
  ];
}
