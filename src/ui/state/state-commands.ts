import type { ShownState } from '../keys/shown-states.ts';
import { searchFor } from './filtering.ts';
import type { Model } from './model.ts';
import { nextState, onlyState, withState } from './state-filter.ts';
import { type ModelStep, still } from './step.ts';
import { clearFilter } from './typing.ts';

type Command = (model: Model) => ModelStep;

/** Narrows the list to a state, or stops doing so where it is narrowed to that one. */
const only =
  (state: ShownState): Command =>
  (model) =>
    showState(model, onlyState(model) === state ? null : state);

export const stateCommands: Readonly<Record<`only-${ShownState | 'next'}`, Command>> = {
  'only-drift': only('drift'),
  'only-missing': only('missing'),
  'only-orphan': only('orphan'),
  'only-damaged': only('damaged'),
  'only-no-key': only('no-key'),
  'only-unknown': only('unknown'),
  'only-ok': only('ok'),
  'only-next': (model) => showState(model, nextState(model)),
};

function showState(model: Model, state: ShownState | null): ModelStep {
  const query = withState(model.filter.query, state);
  const listed: Model = { ...model, pane: 'list', revealed: null };
  if (query === '') return still(clearFilter(listed));
  const filter = { ...listed.filter, query, isTyping: false, isFresh: false };
  return searchFor({ ...listed, filter }, query);
}
