import type { Secret } from '../../core/secret.ts';
import { type ShownState, shownStates } from '../keys/shown-states.ts';
import type { Model } from './model.ts';
import { readableOf } from './select.ts';

/** What the search line asks for. */
export interface Wanted {
  /** Those that are meant by `state:…`; `null` where it is not there. */
  readonly states: readonly ShownState[] | null;
  /** What is looked for besides. */
  readonly text: string;
}

const word = /(^|\s)state:(\S*)(?=\s|$)/i;

/** Reads `state:drift grafana`. The beginning of a state will do, for it is being typed. */
export function wantedBy(query: string): Wanted {
  const found = word.exec(query);
  if (!found) return { states: null, text: query };
  const typed = (found[2] ?? '').toLowerCase();
  return {
    states: shownStates.filter((state) => state.startsWith(typed)),
    text: query.replace(word, '').trim(),
  };
}

/** The query with another state, or none, and the same text. */
export function withState(query: string, state: ShownState | null): string {
  const { text } = wantedBy(query);
  if (state === null) return text;
  return text === '' ? `state:${state}` : `state:${state} ${text}`;
}

/** The one state that the list is narrowed to; `null` where it is not. */
export function onlyState({ filter }: Model): ShownState | null {
  const { states } = wantedBy(filter.query);
  return states?.length === 1 ? (states[0] ?? null) : null;
}

export const isInState = (model: Model, { id, state }: Secret, wanted: ShownState): boolean =>
  wanted === 'no-key' ? readableOf(model, id) === 'no' : state === wanted;

/** Whether there is anything to narrow the list to. */
export const isAnyInState = (model: Model, state: ShownState): boolean =>
  model.repository.secrets.some((secret) => isInState(model, secret, state));

/** The state after the present one that some secret is in; `null` after the last. */
export function nextState(model: Model): ShownState | null {
  const now = onlyState(model);
  const after = now === null ? shownStates : shownStates.slice(shownStates.indexOf(now) + 1);
  return after.find((state) => isAnyInState(model, state)) ?? null;
}
