import { disabledReason } from '../keys/availability.ts';
import { bindings, type CommandId } from '../keys/bindings.ts';
import { closeMatrix, leaveMatrix, matrixCommands } from '../matrix/matrix-commands.ts';
import { agree, answerBy, answerWithName, decline, overwrite, takeTheirs } from './asking.ts';
import { askCommit, editMessage } from './committing.ts';
import { beginNew } from './creating.ts';
import { beginEdit, exitOrAsk, hide, leaveOrAsk, save } from './editing.ts';
import { editingCommands } from './editing-commands.ts';
import { formCommands } from './form-commands.ts';
import { lock } from './locking.ts';
import { toggleAll, toggleMark, toggleRange, unmark } from './marking.ts';
import { type Model, restingView, type View } from './model.ts';
import { beginNaming, namingCommands } from './naming.ts';
import { focusPane, type Move, move, moveToHit, nextPane } from './navigation.ts';
import { copyPath, copySelected, fold, openSelected, revealSelected } from './opening.ts';
import { beginOutside, reworkOutside } from './outside.ts';
import { runReload } from './reloading.ts';
import { selectedLine } from './select.ts';
import { stateCommands } from './state-commands.ts';
import { type ModelStep, still, warning, withEffect, withToast } from './step.ts';
import { acceptLine, cancelTyping, chooseBy, clearFilter, erase, recall, startSearch } from './typing.ts';
import { remove, reverse } from './writing.ts';

type Command = (model: Model, now: number) => ModelStep;

const moving =
  (by: Move): Command =>
  (model) =>
    still(move(model, by));

const show =
  (view: View): Command =>
  (model) =>
    still({ ...model, view: model.view.kind === view.kind ? restingView(model) : view, revealed: null });

/** What every command of the key table does. */
const commands: Readonly<Record<CommandId, Command>> = {
  down: moving({ by: 1 }),
  up: moving({ by: -1 }),
  first: moving({ to: 'first' }),
  last: moving({ to: 'last' }),
  'half-down': moving({ pages: 0.5 }),
  'half-up': moving({ pages: -0.5 }),
  'page-down': moving({ pages: 1 }),
  'page-up': moving({ pages: -1 }),
  unfold: (model, now) =>
    model.isUnfolded && isUnfoldedHere(model) ? still(model) : openSelected(model, now),
  fold: (model) => still(model.pane === 'list' ? fold(model) : focusPane(model, 'list')),
  'next-pane': (model) => still(nextPane(model, 1)),
  'previous-pane': (model) => still(nextPane(model, -1)),
  search: startSearch,
  ...stateCommands,
  'next-hit': (model) => still(moveToHit(model, 1)),
  'previous-hit': (model) => still(moveToHit(model, -1)),
  open: openSelected,
  reveal: revealSelected,
  edit: beginEdit,
  mark: toggleMark,
  'mark-range': toggleRange,
  'mark-all': toggleAll,
  outside: beginOutside,
  rework: reworkOutside,
  new: beginNew,
  remove,
  undo: (model) => reverse(model, 'undo'),
  redo: (model) => reverse(model, 'redo'),
  save: (model, now) => save(model, now),
  leave: leaveOrAsk,
  commit: askCommit,
  message: editMessage,
  agree,
  decline,
  overwrite,
  theirs: takeTheirs,
  again: (model) => answerBy(model, 'again'),
  drop: (model) => answerBy(model, 'drop'),
  ...editingCommands,
  rename: beginNaming('mv'),
  'copy-to': beginNaming('cp'),
  ...namingCommands,
  ...matrixCommands,
  ...formCommands,
  copy: copySelected,
  'copy-path': copyPath,
  lock,
  reload: runReload,
  identities: show({ kind: 'identities', cursor: 0, top: 0 }),
  problems: show({ kind: 'problems', cursor: 0, top: 0 }),
  palette: show({ kind: 'palette', query: '', cursor: 0, top: 0, hits: [] }),
  help: show({ kind: 'help', query: '', cursor: 0, top: 0 }),
  back: (model) =>
    isResting(model) && model.isUnlocking
      ? withEffect(model, { type: 'stop-unlocking' })
      : model.view.kind === 'matrix' && model.waiting.write !== undefined
        ? withEffect(model, { type: 'stop-writing' })
        : still(stepBack(model)),
  quit: (model, now) =>
    model.view.kind === 'browser'
      ? exitOrAsk(masked(model), now)
      : still(model.view.kind === 'matrix' ? closeMatrix(model) : { ...model, view: restingView(model) }),
  exit: exitOrAsk,
  suspend: (model) => withEffect(hide(masked(model)), { type: 'suspend' }),
  redraw: (model) => withEffect(model, { type: 'redraw' }),
  accept: (model, now) =>
    model.view.kind === 'passphrase'
      ? withEffect(
          { ...model, view: restingView(model), isUnlocking: true, toast: null },
          { type: 'answer-passphrase', answer: 'send' },
        )
      : model.view.kind === 'question'
        ? answerWithName(model, now)
        : acceptLine(model, (next, command) => runCommand(next, command, now)),
  cancel: (model) =>
    model.view.kind === 'passphrase'
      ? withEffect({ ...model, view: restingView(model) }, { type: 'answer-passphrase', answer: 'cancel' })
      : model.view.kind === 'question'
        ? decline(model)
        : cancelTyping(model),
  'choose-next': (model) => chooseBy(model, 1),
  'choose-previous': (model) => chooseBy(model, -1),
  recall,
  erase: (model) =>
    model.view.kind === 'passphrase'
      ? withEffect(model, { type: 'edit-passphrase', edit: 'erase' })
      : erase(model, 'character'),
  'erase-word': (model) => erase(model, 'word'),
  'erase-line': (model) =>
    model.view.kind === 'passphrase'
      ? withEffect(model, { type: 'edit-passphrase', edit: 'erase-line' })
      : erase(model, 'line'),
};

/** Runs a command, or says why it cannot run. */
export function runCommand(model: Model, command: CommandId, now: number): ModelStep {
  const reason = whileWriting(model, command) ?? disabledReason(model, command);
  if (reason !== null) return still(withToast(model, warning(`not available: ${reason}`, now)));
  return commands[command](model, now);
}

const onSecrets: ReadonlySet<string> = new Set(
  bindings.filter(({ group }) => group === 'secret').map(({ command }) => command),
);

/** A key meant for the question that a write may still ask must not do something else. */
const whileWriting = ({ waiting, view }: Model, command: CommandId): string | null =>
  waiting.write !== undefined && view.kind === 'browser' && onSecrets.has(command) ? 'still writing' : null;

const masked = (model: Model): Model => (model.revealed ? { ...model, revealed: null } : model);

const isUnfoldedHere = (model: Model): boolean => model.opened?.id === selectedLine(model)?.id;

const isResting = ({ view }: Model): boolean => view.kind === 'browser' || view.kind === 'matrix';

/** Esc undoes one thing at a time, from the inside out, and never loses anything but a filter. */
function stepBack(model: Model): Model {
  if (model.view.kind === 'matrix') return leaveMatrix(model);
  if (model.view.kind !== 'browser') return { ...model, view: restingView(model) };
  if (model.revealed) return { ...model, revealed: null };
  if (model.pane !== 'list') return focusPane(model, 'list');
  const unmarked = unmark(model);
  if (unmarked) return unmarked;
  if (model.isUnfolded) return fold(model);
  return model.filter.query === '' ? model : clearFilter(model);
}
