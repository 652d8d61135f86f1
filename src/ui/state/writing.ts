import type { Agreement } from '../../app/usecases/apply-agreed.ts';
import { show } from '../../core/safe-text.ts';
import { nothingStaged } from '../../core/staged-toggles.ts';
import { keyFor } from '../keys/resolve-key.ts';
import { editedName, leaveEditor } from './editing.ts';
import { followLine } from './list-lines.ts';
import { chosenSecrets, noMarks } from './marks.ts';
import type { Stamped } from './message.ts';
import { type Model, restingView } from './model.ts';
import { sayError, take, withRepository } from './replies.ts';
import { editorPage, secretOf, shownKey } from './select.ts';
import {
  andThen,
  failure,
  info,
  infoWith,
  type ModelStep,
  preparing,
  request,
  still,
  withEffect,
  withToast,
} from './step.ts';
import { saidOfTransfer } from './transfer-words.ts';
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
  if (!outcome.ok && reply.wish && outcome.error.code === 'stopped')
    return still(withToast(rested, info('stopped: nothing was written', now)));
  if (!outcome.ok) {
    const lead = what === 'save' ? 'not saved: ' : '';
    return still(withToast(rested, failure(lead + sayError(outcome.error))));
  }
  const result = outcome.value;
  switch (result.did) {
    case 'written':
      return written(rested, reply, result.notes);
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

/** What follows on a write: the model of what there is now, and a word about it. */
export function written(model: Model, reply: Wrote, more: readonly string[] = []): ModelStep {
  const { what, repository, notes = [], now } = reply;
  const { undo, redo } = model.ownWrites;
  const ownWrites = {
    save: { undo: undo + 1, redo: 0 },
    outside: { undo: undo + 1, redo: 0 },
    remove: { undo: undo + 1, redo: 0 },
    mv: { undo: undo + 1, redo: 0 },
    cp: { undo: undo + 1, redo: 0 },
    readers: { undo: undo + 1, redo: 0 },
    undo: { undo: Math.max(0, undo - 1), redo: redo + 1 },
    redo: { undo: undo + 1, redo: Math.max(0, redo - 1) },
  }[what];
  const left =
    what === 'save'
      ? leaveEditor(model)
      : still(atRest({ ...model, naming: null, outside: null, matrix: afterReaders(model, reply) }));
  // What was picked to be done is done.
  const marks = what === 'remove' || what === 'mv' || what === 'cp' ? noMarks : model.marks;
  const toast = infoWith(saidOf(model, reply), [...(what === 'outside' ? notes : []), ...more], now);
  return andThen(left, (closed) =>
    andThen(withRepository({ ...closed, ownWrites, marks }, repository), (next) =>
      unfoldAgain(model, withToast(atNewName(model, next, reply), toast)),
    ),
  );
}

/** What was staged is done. */
const afterReaders = ({ matrix }: Model, { wish }: Wrote): Model['matrix'] =>
  matrix && wish?.kind === 'toggles' ? { ...matrix, staged: nothingStaged } : matrix;

const atRest = (model: Model): Model => ({ ...model, view: restingView(model) });

/** The cursor goes to what got another name or came back, unless a filter hides that. */
function atNewName(before: Model, model: Model, { what, ids: [named] }: Wrote): Model {
  const isReversal = what === 'undo' || what === 'redo';
  const came = isReversal ? model.lines.find(({ id }) => secretOf(before, id) === undefined)?.id : undefined;
  const id = what === 'mv' || what === 'cp' ? named : came;
  const line = id && model.lines.find((one) => one.id === id);
  return line ? followLine(model, { id: line.id, ranges: [] }) : model;
}

/** Whoever edited one key of several finds them listed as before. */
function unfoldAgain({ editor, outside, isUnfolded, opened }: Model, model: Model): ModelStep {
  const edited = editor ?? outside;
  if (!edited || !isUnfolded || opened?.id !== edited.id) return still(model);
  const key = edited.key && shownKey(edited.key);
  return request(model, 'open', (id) => ({
    type: 'open',
    request: id,
    id: edited.id,
    purpose: 'return',
    ...(key !== null && { key }),
  }));
}

function saidOf({ editor, naming, outside }: Model, { what, label, ids }: Wrote): string {
  const back = `${keyFor('undo')} takes it back`;
  const done = show(label);
  switch (what) {
    case 'save':
    case 'outside': {
      const edited = editor ?? outside;
      return `saved ${edited ? editedName(edited) : ''} · ${back}`;
    }
    case 'remove':
      return `deleted: ${done} · ${back}`;
    case 'readers':
      return `${done} · ${back}`;
    case 'mv':
    case 'cp':
      return `${naming && naming.kind !== 'reader' ? saidOfTransfer(naming, ids) : done} · ${back}`;
    case 'undo':
      return `taken back: ${done} · ${keyFor('redo')} does it again`;
    case 'redo':
      return `done again: ${done} · ${back}`;
  }
}
