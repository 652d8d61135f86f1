import type { Stamped } from '../state/message.ts';
import type { Model } from '../state/model.ts';
import { answered, isStale, type ModelStep, request, still } from '../state/step.ts';
import { hasUnnamed, matrixTable } from './matrix-table.ts';

/** Asks git once for each reading of the repository who was on files and is no reader of today, when the matrix shows one. */
export function wantFormer(before: Model, next: Model): ModelStep {
  // An answer about files as they were is none.
  const model = before.repository === next.repository ? next : answered(next, 'former');
  const isSeen = model.matrix?.isOpen === true && hasUnnamed(matrixTable(model.repository));
  if (model.former !== null || !isSeen || model.waiting.former !== undefined) return still(model);
  return request(model, 'former', (id) => ({ type: 'find-former', request: id }));
}

export function onFormerFound(
  model: Model,
  { request: id, outcome }: Extract<Stamped, { type: 'former-found' }>,
): Model {
  if (isStale(model, 'former', id)) return model;
  return { ...answered(model, 'former'), former: outcome.ok ? (outcome.value ?? 'unknown') : 'unknown' };
}
