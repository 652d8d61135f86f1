import type { Agreement } from '../../app/usecases/apply-agreed.ts';
import type { SecretId } from '../../core/secret.ts';
import { stagedList } from '../../core/staged-toggles.ts';
import { keyFor } from '../keys/resolve-key.ts';
import type { Stamped } from '../state/message.ts';
import type { Model } from '../state/model.ts';
import { isStale, type ModelStep, preparing, request, still, withToast } from '../state/step.ts';
import { matrixView } from './matrix-view.ts';
import type { ReadersWish } from './readers-wish.ts';

/** Works out what a wish comes to, or with an agreement to exactly that does it. */
export function changeReaders(model: Model, wish: ReadersWish, agreed: Agreement = 'none'): ModelStep {
  return request(preparing(model), 'write', (id) => ({ type: 'change-readers', request: id, wish, agreed }));
}

/** All that is staged, as one write. */
export function review(model: Model): ModelStep {
  const toggles = stagedList(model.matrix?.staged ?? new Map());
  return toggles.length === 0 ? still(model) : changeReaders(model, { kind: 'toggles', toggles });
}

/** The file under the cursor for the readers of its rule, whether or not it provably differs. */
export function repair(model: Model): ModelStep {
  if (!model.matrix) return still(model);
  const { rows, row } = matrixView(model, model.matrix);
  const secret = rows[row];
  return secret ? changeReaders(model, { kind: 'rekey', ids: [secret.id], all: true }) : still(model);
}

export const driftedRows = (model: Model): readonly SecretId[] =>
  model.matrix
    ? matrixView(model, model.matrix)
        .rows.filter(({ state }) => state === 'drift')
        .map(({ id }) => id)
    : [];

/** All listed files that differ. */
export const repairAll = (model: Model): ModelStep =>
  changeReaders(model, { kind: 'rekey', ids: driftedRows(model), all: false });

/** How far it got. Whoever does not want to wait stops it, as long as nothing was replaced. */
export function onProgressed(model: Model, reply: Extract<Stamped, { readonly type: 'progressed' }>): Model {
  const { what, done, total } = reply;
  if (isStale(model, 'write', reply.request)) return model;
  return withToast(model, {
    level: 'info',
    text: `${what} ${done} of ${total} · ${keyFor('back')} stops`,
    until: null,
  });
}
