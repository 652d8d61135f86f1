import type { Stamped } from './message.ts';
import type { Model } from './model.ts';
import { layoutOf, selectedSecret } from './select.ts';
import { answered, isStale, type ModelStep, request, still } from './step.ts';

/** Asks where secrets are used, once for each reading of the repository, when what tells of it comes to be seen. */
export const wantUses = (before: Model, model: Model): ModelStep =>
  model.uses === null && hasTurned(before, model) ? askUses(model) : still(model);

/** Whether others may be seen than before, or what was known of them was forgotten. */
function hasTurned(before: Model, model: Model): boolean {
  return (
    selectedSecret(before) !== selectedSecret(model) ||
    before.pane !== model.pane ||
    before.columns !== model.columns ||
    before.rows !== model.rows ||
    before.matrix?.isOpen !== model.matrix?.isOpen ||
    before.uses !== model.uses
  );
}

export function askUses(model: Model): ModelStep {
  const isFacts = selectedSecret(model) !== undefined && layoutOf(model).facts !== null;
  const isSeen = isFacts || model.matrix?.isOpen === true;
  if (!isSeen || model.waiting.uses !== undefined) return still(model);
  return request(model, 'uses', (id) => ({ type: 'find-uses', request: id }));
}

export function onUsesFound(
  model: Model,
  { request: id, outcome }: Extract<Stamped, { type: 'uses-found' }>,
): Model {
  if (isStale(model, 'uses', id)) return model;
  return { ...answered(model, 'uses'), uses: outcome.ok ? outcome.value : 'unknown' };
}
