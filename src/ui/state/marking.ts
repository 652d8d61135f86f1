import type { SecretId } from '../../core/secret.ts';
import { isMarkable, type Marks, noMarks } from './marks.ts';
import type { Model } from './model.ts';
import { selectedLine } from './select.ts';
import { info, type ModelStep, still, withToast } from './step.ts';

/** Picks what is under the cursor, or lets go of it; ends a range and keeps what is in it. */
export function toggleMark(model: Model): ModelStep {
  const { marks } = model;
  const line = selectedLine(model);
  if (marks.range || !line) return still(withMarks(model, { ...marks, range: null }));
  const ids = new Set(marks.ids);
  if (!ids.delete(line.id)) ids.add(line.id);
  return still(withMarks(model, { ids, range: null }));
}

/** From here to wherever the cursor goes; pressed again it stays as it is. */
export function toggleRange(model: Model): ModelStep {
  const { marks } = model;
  const line = selectedLine(model);
  if (marks.range || !line) return still(withMarks(model, { ...marks, range: null }));
  const ids = new Set(marks.ids).add(line.id);
  return still(withMarks(model, { ids, range: { anchor: line.id, before: marks.ids } }));
}

/** Everything that is listed, or, when all of that is picked, none of it. */
export function toggleAll(model: Model, now: number): ModelStep {
  const { marks, lines, filter } = model;
  const listed = lines.filter(isMarkable);
  const ids = new Set(marks.ids);
  const isAll = listed.every(({ id }) => ids.has(id));
  for (const { id } of listed) isAll ? ids.delete(id) : ids.add(id);
  const marked = withMarks(model, { ids, range: null });
  if (isAll || !filter.hasMore) return still(marked);
  const says = `${ids.size} selected: the search found more than it lists`;
  return still(withToast(marked, info(says, now)));
}

/** One step back: a range as if it had not begun, then everything that is picked; `null` when nothing is. */
export function unmark(model: Model): Model | null {
  const { range, ids } = model.marks;
  if (range) return withMarks(model, { ids: range.before, range: null });
  return ids.size > 0 ? withMarks(model, noMarks) : null;
}

export const withMarks = (model: Model, marks: Marks): Model => ({ ...model, marks });

/** Without those that are not there any more. */
export function withoutGone(model: Model): Model {
  const { ids } = model.marks;
  if (ids.size === 0) return model;
  const there = model.repository.secrets.flatMap(({ id }) => (ids.has(id) ? [id] : []));
  return withMarks(model, { ids: new Set(there), range: null });
}

/** A range follows the cursor; another list ends it, and what was in it stays picked. */
export function followRange(before: Model, model: Model): Model {
  const { range } = model.marks;
  if (!range || (before.cursor === model.cursor && before.lines === model.lines)) return model;
  const isOther = before.filter.hits !== model.filter.hits || before.repository !== model.repository;
  const anchor = isOther ? -1 : model.lines.findIndex((line) => line.id === range.anchor && isMarkable(line));
  if (anchor < 0) return withMarks(model, { ids: model.marks.ids, range: null });
  const ids = new Set<SecretId>(range.before);
  const [from, to] = [Math.min(anchor, model.cursor), Math.max(anchor, model.cursor)];
  for (const line of model.lines.slice(from, to + 1)) if (isMarkable(line)) ids.add(line.id);
  return withMarks(model, { ids, range });
}
