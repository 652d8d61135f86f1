import type { Model } from './model.ts';
import { andThen, info, type ModelStep, request, still, withToast } from './step.ts';

/** Reads the repository again; what is revealed is masked. */
export const runReload = (model: Model, now: number): ModelStep =>
  andThen(still(withToast({ ...model, revealed: null }, info('reading the repository again', now))), (next) =>
    request(next, 'reload', (id) => ({ type: 'reload', request: id })),
  );
