import type { CommandId } from '../keys/bindings.ts';
import { inside, windowTop } from '../layout.ts';
import { goToReader } from '../matrix/matrix-commands.ts';
import { moveDown, settle } from '../matrix/move-matrix.ts';
import { lineOf } from '../parts/question-rows.ts';
import { choicesOf } from './choices.ts';
import { keepMessage } from './committing.ts';
import { searchFor } from './filtering.ts';
import { followLine, moveTo, withLines } from './list-lines.ts';
import { emptyFilter, type Hit, type Model, restingView, type View } from './model.ts';
import { mayAskName, type Question } from './question.ts';
import { layoutOf, secretOf, selectedLine } from './select.ts';
import { andThen, answered, type ModelStep, request, still } from './step.ts';

/** The line being typed: the filter, or the query of help or palette. `null` when none is. */
export function typedLine(model: Model): string | null {
  const { view, filter } = model;
  if (view.kind === 'help' || view.kind === 'palette') return view.query;
  if (view.kind === 'question') return lineOf(view.question);
  return isFiltered(view) && filter.isTyping ? filter.query : null;
}

const isFiltered = ({ kind }: View): boolean => kind === 'browser' || kind === 'matrix';

/** Text goes into the line; what is found follows it. */
export function typeText(model: Model, text: string): ModelStep {
  const line = typedLine(model);
  return line === null || text === '' ? still(model) : withLine(model, line + text);
}

export function erase(model: Model, how: 'character' | 'word' | 'line'): ModelStep {
  const line = typedLine(model);
  if (line === null) return still(model);
  if (how === 'line') return withLine(model, '');
  if (how === 'word') return withLine(model, line.replace(/\S*\s*$/, ''));
  // Erasing in an empty line leaves it, as in less and vim.
  if (line === '') return cancelTyping(model);
  return withLine(model, [...line].slice(0, -1).join(''));
}

function withLine(model: Model, query: string): ModelStep {
  const { view } = model;
  if (view.kind === 'question') {
    const { question } = view;
    const changed: Question = mayAskName(question) ? { ...question, typed: query } : question;
    const next: Question = changed.about === 'commit' ? { ...changed, draft: query } : changed;
    return still({ ...model, view: { ...view, question: next } });
  }
  if (view.kind === 'help') return still({ ...model, view: { ...view, query, cursor: 0, top: 0 } });
  if (view.kind === 'palette') {
    const next: Model = {
      ...model,
      view: { ...view, query, cursor: 0, top: 0, hits: query === '' ? [] : view.hits },
    };
    if (query === '') return still(answered(next, 'search'));
    return request(next, 'search', (id) => ({ type: 'search', request: id, query, purpose: 'palette' }));
  }
  if (query === '') return still(clearHits({ ...model, filter: { ...emptyFilter, isTyping: true } }));
  const filter = { ...model.filter, query, isSettled: false, isFresh: false };
  return searchFor({ ...model, filter }, query);
}

/** Everything is listed again, with the cursor where the search found something. */
function clearHits(model: Model): Model {
  return followLine(withLines(answered(model, 'search')), selectedLine(model));
}

/** Starts afresh: what is typed does not go on with what was looked for before, which `recall` brings back. */
export function startSearch(model: Model): ModelStep {
  const cleared = clearFilter({ ...model, pane: 'list', revealed: null });
  const typing: Model = { ...cleared, filter: { ...cleared.filter, isTyping: true, isFresh: true } };
  // The matrix has no keys of secrets.
  if (model.view.kind === 'matrix') return still(typing);
  // Reading the names of keys decrypts: not after a lock, before somebody opens a secret.
  if (typing.keyIndex.kind !== 'none' || typing.isLocked) return still(typing);
  const reading: Model = { ...typing, keyIndex: { kind: 'reading', done: 0, total: 0 } };
  return request(reading, 'index', (id) => ({ type: 'index-keys', request: id }));
}

export function clearFilter(model: Model): Model {
  return clearHits({ ...model, filter: emptyFilter, lastQuery: model.filter.query || model.lastQuery });
}

/** In an empty line: what was looked for before. */
export function recall(model: Model): ModelStep {
  const isEmpty = isFiltered(model.view) && typedLine(model) === '';
  return isEmpty && model.lastQuery !== '' ? withLine(model, model.lastQuery) : still(model);
}

export function cancelTyping(model: Model): ModelStep {
  const { view } = model;
  if (view.kind === 'question') {
    const { question } = view;
    return still(
      question.about === 'commit' ? keepMessage(model, question) : { ...model, view: restingView(model) },
    );
  }
  if (model.view.kind === 'help' || model.view.kind === 'palette') {
    return still(answered({ ...model, view: restingView(model) }, 'search'));
  }
  return still(clearFilter(model));
}

/** Up and down while typing; up in a line just opened brings the last query back, as a shell's history does. */
export function chooseBy(model: Model, by: 1 | -1): ModelStep {
  const { view, filter } = model;
  if (view.kind === 'question') return still(model);
  if (view.kind !== 'help' && view.kind !== 'palette') {
    if (by < 0 && filter.isFresh && model.lastQuery !== '') return recall(model);
    const fresh: Model = { ...model, filter: { ...filter, isFresh: false } };
    return still(
      view.kind === 'matrix' ? moveDown(fresh, (at) => at + by) : moveTo(fresh, model.cursor + by),
    );
  }
  const count = choicesOf(model).length;
  const { body, isFramed } = layoutOf(model);
  const cursor = Math.max(0, Math.min(view.cursor + by, count - 1));
  const top = windowTop(view.top, cursor, inside(body, isFramed).height - 1, count);
  return still({ ...model, view: { ...view, cursor, top } });
}

/** Enter: keeps the filter, or takes the choice of help or palette. */
export function acceptLine(model: Model, run: (model: Model, command: CommandId) => ModelStep): ModelStep {
  const { view, filter } = model;
  if (view.kind !== 'help' && view.kind !== 'palette')
    return still({ ...model, filter: { ...filter, isTyping: false } });
  const choice = choicesOf(model)[view.cursor];
  return andThen(cancelTyping(model), (closed) => {
    if (!choice) return still(closed);
    if (choice.kind === 'command') return run(closed, choice.command);
    return still(choice.kind === 'reader' ? goToReader(closed, choice.column) : goTo(closed, choice));
  });
}

function goTo(model: Model, { id }: Hit): Model {
  if (!secretOf(model, id)) return model;
  const all = model.filter.query === '' ? model : clearFilter(model);
  if (all.matrix?.isOpen) return settle({ ...all, matrix: { ...all.matrix, row: id } });
  return { ...followLine(all, { id, ranges: [] }), pane: 'list' };
}
