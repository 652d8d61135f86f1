import type { Model } from './model.ts';
import { selectedSecret } from './select.ts';
import { answered, type ModelStep, request, still } from './step.ts';

/** Asks git about the secret under the cursor, once per secret. */
export function wantLastChange(before: Model, model: Model): ModelStep {
  const secret = selectedSecret(model);
  if (!secret || (secret === selectedSecret(before) && before.repository === model.repository))
    return still(model);
  if (model.lastChanges.has(secret.id)) return still(answered(model, 'change'));
  return askLastChange(model);
}

export function askLastChange(model: Model): ModelStep {
  const secret = selectedSecret(model);
  if (!secret) return still(model);
  return request(model, 'change', (id) => ({ type: 'last-change', request: id, id: secret.id }));
}
