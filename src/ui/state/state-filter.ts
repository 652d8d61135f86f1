import { isDeclared, isOnFile } from '../../core/matrix.ts';
import type { Reader, Repository } from '../../core/repository.ts';
import type { Secret } from '../../core/secret.ts';
import { type ShownState, shownStates } from '../keys/shown-states.ts';
import type { Model } from './model.ts';
import { readableOf } from './select.ts';

/** What the search line asks for. */
export interface Wanted {
  /** Those that are meant by `state:…`; `null` where it is not there. */
  readonly states: readonly ShownState[] | null;
  /** What `reader:…` says of the name of one who reads; `null` where it is not there. */
  readonly reader: string | null;
  /** What is looked for besides. */
  readonly text: string;
}

const stateWord = /(^|\s)state:(\S*)(?=\s|$)/i;
const readerWord = /(^|\s)reader:(\S*)(?=\s|$)/i;

/** Reads `state:drift reader:web1 grafana`. The beginning of a state will do, for it is being typed. */
export function wantedBy(query: string): Wanted {
  const state = stateWord.exec(query)?.[2]?.toLowerCase();
  return {
    states: state === undefined ? null : shownStates.filter((one) => one.startsWith(state)),
    reader: readerWord.exec(query)?.[2] ?? null,
    text: withoutWord(withoutWord(query, stateWord), readerWord),
  };
}

const withoutWord = (query: string, word: RegExp): string =>
  word.test(query) ? query.replace(word, '').trim() : query;

/** Whether a reader is meant by what `reader:` says, in whatever case. */
export const isWantedReader = ({ name }: Reader, wanted: string): boolean =>
  name.toLowerCase().includes(wanted.toLowerCase());

/** Whether one of these readers is declared for a secret or found on its file. */
export const isReadByAny = (repository: Repository, secret: Secret, readers: readonly Reader[]): boolean =>
  readers.some(
    ({ recipients }) =>
      isDeclared(secret, recipients) === 'yes' ||
      recipients.some((id) => isOnFile(repository, secret, id) === 'yes'),
  );

/** The query with another state, or none, and the same text. */
export function withState(query: string, state: ShownState | null): string {
  const rest = withoutWord(query, stateWord);
  if (state === null) return rest;
  return rest === '' ? `state:${state}` : `state:${state} ${rest}`;
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
