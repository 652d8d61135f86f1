import { chooseGlyphs } from '../glyphs.ts';
import { inside, insideInset, splitForDetail, windowTop } from '../layout.ts';
import { moveDown } from '../matrix/move-matrix.ts';
import { factLines } from '../parts/fact-lines.ts';
import { questionRows } from '../parts/question-rows.ts';
import { createPen } from '../pen.ts';
import { createTheme } from '../theme.ts';
import { keyPlacesOf } from './key-places.ts';
import { moveTo } from './list-lines.ts';
import type { Model, Pane, View } from './model.ts';
import { layoutOf, listHeight, selectedSecret, valueArea } from './select.ts';

/** How far a movement key goes: lines or a fraction of what is visible, or an end. */
export type Move = { readonly by: number } | { readonly pages: number } | { readonly to: 'first' | 'last' };

function target(at: number, move: Move, height: number, count: number): number {
  if ('to' in move) return move.to === 'first' ? 0 : Math.max(0, count - 1);
  if ('by' in move) return at + move.by;
  const lines = Math.max(1, Math.floor(Math.abs(move.pages) * height));
  return at + Math.sign(move.pages) * lines;
}

const clamp = (at: number, count: number): number => Math.max(0, Math.min(at, count - 1));

/** Moves whatever has the focus: the list's cursor, or the text of the value or facts. */
export function move(model: Model, by: Move): Model {
  const { view, revealed, pane } = model;
  if (view.kind === 'identities' || view.kind === 'problems')
    return { ...model, view: moveView(model, view, by) };
  if (view.kind === 'question') return moveQuestion(model, view, by);
  if (view.kind === 'matrix') return moveDown(model, (at, height, count) => target(at, by, height, count));
  if (pane === 'value' && revealed) {
    const { height } = valueArea(model);
    const rows = revealed.shape?.rows ?? 1;
    const lowest = Math.max(0, rows - height);
    const top = 'to' in by && by.to === 'last' ? lowest : target(revealed.top, by, height, rows);
    return { ...model, revealed: { ...revealed, top: Math.max(0, Math.min(top, lowest)) } };
  }
  if (pane === 'facts') {
    const { rows, height } = factsArea(model);
    const lowest = Math.max(0, rows - height);
    const top = 'to' in by && by.to === 'last' ? lowest : target(model.factsTop, by, height, rows);
    return { ...model, factsTop: Math.max(0, Math.min(top, lowest)) };
  }
  return moveTo(model, target(model.cursor, by, listHeight(model), model.lines.length));
}

/** With the signs that take the most room, so that the end is within reach whatever the terminal shows. */
const measuringPen = createPen(createTheme(true), chooseGlyphs(true, {}));

/** Lines that the facts take, and how many of them are seen. */
function factsArea(model: Model): { readonly rows: number; readonly height: number } {
  const { facts, isFramed, body } = layoutOf(model);
  const { width, height } = insideInset(facts ?? body, isFramed);
  const secret = selectedSecret(model);
  return { rows: secret ? factLines(model, measuringPen, secret, width).length : 0, height };
}

/** A question that is longer than the window is read line by line. */
function moveQuestion(model: Model, view: Extract<View, { readonly kind: 'question' }>, by: Move): Model {
  const { body, isFramed } = layoutOf(model);
  const { width, height } = inside(body, isFramed);
  const rows = questionRows(view.question, measuringPen, width).length;
  const lowest = Math.max(0, rows - height);
  const top = 'to' in by && by.to === 'last' ? lowest : target(view.top, by, height, rows);
  return { ...model, view: { ...view, top: Math.max(0, Math.min(top, lowest)) } };
}

type ListView = Extract<View, { readonly kind: 'identities' | 'problems' }>;

function moveView(model: Model, view: ListView, by: Move): ListView {
  const { body, isFramed } = layoutOf(model);
  const { height } = inside(splitForDetail(body).list, isFramed);
  const count = view.kind === 'problems' ? model.repository.problems.length : keyPlacesOf(model).length;
  const cursor = clamp(target(view.cursor, by, height, count), count);
  return { ...view, cursor, top: windowTop(view.top, cursor, height, count) };
}

/** Next line that the search found, round the end; the keys of an unfolded secret are passed over. */
export function moveToHit(model: Model, direction: 1 | -1): Model {
  const { lines, cursor } = model;
  for (let step = 1; step <= lines.length; step += 1) {
    const index = (cursor + direction * step + lines.length * step) % lines.length;
    if (lines[index]?.entry === undefined) return moveTo(model, index);
  }
  return model;
}

const panes: readonly Pane[] = ['list', 'value', 'facts'];

export function nextPane(model: Model, direction: 1 | -1): Model {
  const index = panes.indexOf(model.pane) + direction + panes.length;
  return focusPane(model, panes[index % panes.length] ?? 'list');
}

/** A value whose pane leaves the screen is masked. */
export function focusPane(model: Model, pane: Pane): Model {
  const focused: Model = { ...model, pane };
  return focused.revealed && layoutOf(focused).value === null ? { ...focused, revealed: null } : focused;
}
