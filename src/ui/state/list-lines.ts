import { windowTop } from '../layout.ts';
import type { ListLine, Model } from './model.ts';
import { listHeight } from './select.ts';

/** Builds the lines of the list anew, after the repository, the hits or the unfolded secret changed. */
export function withLines(model: Model): Model {
  const { filter, opened, isUnfolded, repository } = model;
  const found: readonly ListLine[] = filter.hits ?? repository.secrets.map(({ id }) => ({ id, ranges: [] }));
  if (!opened || !isUnfolded) return { ...model, lines: found };
  const lines: ListLine[] = [];
  let isPlaced = false;
  for (const line of found) {
    lines.push(line);
    if (line.id !== opened.id || isPlaced || line.key !== undefined) continue;
    isPlaced = true;
    for (const entry of opened.entries.keys()) lines.push({ id: opened.id, entry, ranges: [] });
  }
  return { ...model, lines };
}

/** Moves the cursor; a value on the screen belongs to its line, so it is masked when the cursor leaves. */
export function moveTo(model: Model, target: number): Model {
  const cursor = Math.max(0, Math.min(target, model.lines.length - 1));
  const top = windowTop(model.top, cursor, listHeight(model), model.lines.length);
  if (cursor === model.cursor && top === model.top) return model;
  const isLeaving = cursor !== model.cursor;
  return {
    ...model,
    cursor,
    top,
    revealed: isLeaving ? null : model.revealed,
    factsTop: isLeaving ? 0 : model.factsTop,
  };
}

/** Keeps the cursor on the line it was on, by name, when the list around it changed; else on the first. */
export function followLine(model: Model, line: ListLine | undefined): Model {
  const same = line && model.lines.findIndex((one) => isSame(one, line));
  const parent = line && model.lines.findIndex((one) => one.id === line.id);
  const index = [same, parent].find((found) => found !== undefined && found >= 0) ?? 0;
  // -1 makes the move count as leaving: what was revealed need not be under the cursor any more.
  return moveTo({ ...model, cursor: same !== undefined && same >= 0 ? same : -1 }, index);
}

const isSame = (one: ListLine, other: ListLine): boolean =>
  one.id === other.id && one.entry === other.entry && one.key === other.key;
