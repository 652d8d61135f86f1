import { show } from '../../core/safe-text.ts';
import { isMarkable } from '../state/marks.ts';
import type { Model } from '../state/model.ts';
import { layoutOf, readableOf, selectedLine, selectedSecret, targetOfNew } from '../state/select.ts';
import { isAnyInState, onlyState } from '../state/state-filter.ts';
import type { CommandId } from './bindings.ts';
import { editorBindings } from './editor-bindings.ts';
import { formBindings } from './form-bindings.ts';
import { whyNotInMatrix } from './matrix-availability.ts';
import { matrixBindings } from './matrix-bindings.ts';
import { namingBindings } from './naming-bindings.ts';
import { keyFor } from './resolve-key.ts';
import type { ShownState } from './shown-states.ts';

/** Why a command cannot run now, or `null` when it can. Disabled commands stay in sight with this reason. */
export function disabledReason(model: Model, command: CommandId): string | null {
  switch (command) {
    case 'open':
    case 'unfold':
    case 'reveal':
      return whyNotOpened(model);
    case 'copy':
      return whyNotOne(model, 'copied') ?? whyNotOpened(model);
    case 'copy-path':
      return model.marks.ids.size > 0 || selectedSecret(model) ? null : 'nothing is selected';
    case 'next-hit':
    case 'previous-hit':
      return model.filter.query === '' ? 'no search is active' : null;
    case 'only-drift':
    case 'only-missing':
    case 'only-orphan':
    case 'only-damaged':
    case 'only-no-key':
    case 'only-unknown':
    case 'only-ok':
      return whyNoState(model, command.slice('only-'.length) as ShownState);
    case 'only-next':
      return model.repository.secrets.length > 0 ? null : 'there are no secrets';
    case 'fold':
      return model.isUnfolded || model.pane !== 'list' ? null : 'nothing is unfolded';
    case 'next-pane':
    case 'previous-pane':
      return layoutOf(model).kind === 'too-small' ? 'the window is too small' : null;
    case 'problems':
      return model.repository.problems.length > 0 ? null : 'everything could be read';
    case 'edit':
    case 'outside': {
      // The file of a rule that has none is begun with nothing in it.
      const whyNotRead = isMissing(model) ? null : whyNotOpened(model);
      return busy(model) ?? whyNotOne(model, 'edited') ?? whyNotRead ?? whyNotWritten(model);
    }
    case 'new':
      return busy(model) ?? whyNotMade(model);
    case 'mark':
    case 'mark-range':
      return model.marks.range ? null : whyNotWhole(model, 'selected');
    case 'mark-all':
      return model.lines.some(isMarkable) ? null : 'no secret is listed by its name';
    case 'rename':
    case 'copy-to':
      return busy(model) ?? whyNotNamed(model, command);
    case 'remove':
      return busy(model) ?? (model.marks.ids.size > 0 ? null : whyNotWhole(model, 'deleted'));
    case 'commit':
      return busy(model) ?? (model.repository.git === null ? 'this is no git repository' : null);
    case 'message': {
      const { view } = model;
      return view.kind === 'question' && view.question.about === 'commit' ? null : 'no commit is asked about';
    }
    case 'matrix':
      return model.repository.secrets.length > 0 ? null : 'there are no secrets';
    case 'undo':
    case 'redo':
      return busy(model);
    case 'reload':
      return model.waiting.reload === undefined ? null : 'already reading';
    default:
      return whyNotHere(model, command);
  }
}

/** A list that is narrowed to it already can be widened, even though nothing is left in it. */
function whyNoState(model: Model, state: ShownState): string | null {
  if (onlyState(model) === state || isAnyInState(model, state)) return null;
  if (state !== 'no-key') return `no secret is ${state}`;
  const isKnown = model.surveyed >= model.repository.secrets.length;
  return isKnown ? 'no secret is known to be for other keys only' : 'what the keys open is not known yet';
}
const busy = ({ waiting }: Model): string | null => (waiting.write === undefined ? null : 'still writing');

/** A command for a single secret leaves nobody in doubt which one it means. */
function whyNotOne(model: Model, done: string): string | null {
  const { ids } = model.marks;
  const line = selectedLine(model);
  if (ids.size === 0 || (ids.size === 1 && line && ids.has(line.id))) return null;
  const one = ids.size === 1 ? 'another secret is selected' : `${ids.size} secrets are selected`;
  return `${one}, and one at a time is ${done}; ${keyFor('back')} selects none`;
}

/** Of several, what stands against one of them is said when all of them are looked at. */
function whyNotNamed(model: Model, command: 'rename' | 'copy-to'): string | null {
  if (model.marks.ids.size > 0) return null;
  const secret = selectedSecret(model);
  if (secret?.ruleProblem) return `its rule could not be read: ${show(secret.ruleProblem.says)}`;
  const isCopy = command === 'copy-to';
  if (isCopy && secret?.state === 'missing') return 'the file does not exist';
  return whyNotWhole(model, isCopy ? 'copied to a name' : 'renamed');
}

function whyNotWhole(model: Model, done: string): string | null {
  const line = selectedLine(model);
  if (!line) return 'nothing is selected';
  return isMarkable(line) ? null : `only whole secrets are ${done}, and this is a key of one`;
}

const contextOfCommand = new Map(
  [...matrixBindings, ...editorBindings, ...namingBindings, ...formBindings].map(({ command, contexts }) => [
    command as string,
    contexts[0],
  ]),
);

/** Commands of the editor and of questions, which the palette of the browser also lists. */
function whyNotHere(model: Model, command: CommandId): string | null {
  const { view } = model;
  const context = contextOfCommand.get(command);
  if (context === undefined) return null;
  if (context === 'matrix') return whyNotInMatrix(model, command);
  if (context === 'form') return view.kind === 'form' ? null : 'nothing is being made';
  if (context === 'editor') return view.kind === 'editor' ? null : 'nothing is being edited';
  if (context === 'naming') return view.kind === 'naming' ? null : 'no name is being typed';
  if (view.kind !== 'question') return 'nothing is asked';
  if (command === 'decline') return null;
  if (view.question.about === 'outside') {
    return command in view.question.answers ? null : 'it is no answer to this';
  }
  if (command === 'again' || command === 'drop') return 'it is no answer to this';
  const isConflict = view.question.about === 'conflict';
  const isChoice = command === 'overwrite' || command === 'theirs';
  if (isConflict === isChoice) return null;
  return isConflict ? 'o or t decide here' : 'nothing changed on disk';
}

/** A rule names it and the file is not there yet: an editor may begin with nothing. */
const isMissing = (model: Model): boolean => {
  const line = selectedLine(model);
  const isWhole = line?.entry === undefined && line?.key === undefined;
  return isWhole && selectedSecret(model)?.state === 'missing';
};

/** Said before anything is typed, which could not be saved. */
function whyNotWritten(model: Model): string | null {
  const secret = selectedSecret(model);
  if (secret?.ruleProblem) return `its rule could not be read: ${show(secret.ruleProblem.says)}`;
  if (!secret?.rule) return 'no rule says who may read it';
  return secret.declared.length === 0 ? 'its rule names no readers' : null;
}

function whyNotMade(model: Model): string | null {
  if (targetOfNew(model).kind !== 'secret') return whyNotWritten(model);
  return model.repository.rules.length === 0 ? 'there is no rules file to say who may read it' : null;
}

function whyNotOpened(model: Model): string | null {
  const secret = selectedSecret(model);
  if (!secret) return 'nothing is selected';
  if (secret.state === 'missing') return 'the file does not exist';
  if (secret.state === 'damaged')
    return `the file is damaged: ${show(secret.problem?.says ?? 'no reason known')}`;
  if (readableOf(model, secret.id) === 'no') return 'no key found here opens it';
  return null;
}
