import { isUncommitted } from '../../core/git-state.ts';
import type { Stamped } from './message.ts';
import type { Model } from './model.ts';
import { answered, isStale, type ModelStep, request, still } from './step.ts';

/** Asks what git would say of every secret and rules file, once for each reading of the repository. */
export const wantGitStates = (model: Model): ModelStep =>
  model.repository.git === null
    ? still(model)
    : request(model, 'git', (id) => ({ type: 'git-states', request: id }));

export function onGitTold(
  model: Model,
  { request: id, outcome }: Extract<Stamped, { type: 'git-told' }>,
): Model {
  if (isStale(model, 'git', id)) return model;
  const gitStates = outcome.ok ? (outcome.value ?? 'unknown') : 'unknown';
  return { ...answered(model, 'git'), gitStates };
}

/** Secrets and rules files that are surely not as in the last commit. */
export function uncommittedFiles({ gitStates }: Model): number {
  if (gitStates === null || gitStates === 'unknown') return 0;
  let count = 0;
  for (const state of gitStates.values()) count += Number(isUncommitted(state));
  return count;
}
