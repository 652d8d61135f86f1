import type { Session } from '../../app/session.ts';
import { initialModel } from './initial-model.ts';
import type { Model } from './model.ts';
import { recoveryToast } from './recovery-toast.ts';

/** The model of a program that just started, which says what became of writes that were interrupted. */
export function firstModel(
  session: Pick<Session, 'repository' | 'recovery'>,
  size: { readonly columns: number; readonly rows: number },
  now: number,
): Model {
  const model = initialModel(session.repository(), size, now);
  return { ...model, toast: recoveryToast(session.recovery) };
}
