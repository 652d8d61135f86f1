import { show } from '../../core/safe-text.ts';
import type { Effect, Step } from './effect.ts';
import type { Model, RequestKind, Toast } from './model.ts';

/** Small pieces the reducer is made of. */

export type ModelStep = Step<Model>;

export const still = (model: Model): ModelStep => [model, []];

/** Runs the next step on the result and keeps the effects of both, in order. */
export function andThen([model, effects]: ModelStep, next: (model: Model) => ModelStep): ModelStep {
  const [after, more] = next(model);
  return more.length === 0 ? [after, effects] : [after, [...effects, ...more]];
}

export const withEffect = (model: Model, ...effects: readonly Effect[]): ModelStep => [model, effects];

/** Starts a request of a kind; an earlier one of the same kind becomes stale. */
export function request(model: Model, kind: RequestKind, effect: (request: number) => Effect): ModelStep {
  const id = model.lastRequest + 1;
  return [{ ...model, lastRequest: id, waiting: { ...model.waiting, [kind]: id } }, [effect(id)]];
}

export const isStale = (model: Model, kind: RequestKind, id: number): boolean => model.waiting[kind] !== id;

export function answered(model: Model, kind: RequestKind): Model {
  const { [kind]: _, ...waiting } = model.waiting;
  return { ...model, waiting };
}

const infoTime = 4_000;
const warningTime = 6_000;

/** What else there is to know takes longer to read. */
export const infoWith = (text: string, notes: readonly string[], now: number): Toast =>
  notes.length === 0
    ? info(text, now)
    : { level: 'info', text: [text, ...notes.map((note) => show(note))].join('; '), until: null };

export const info = (text: string, now: number): Toast => ({ level: 'info', text, until: now + infoTime });
export const warning = (text: string, now: number): Toast => ({
  level: 'warning',
  text,
  until: now + warningTime,
});
/** Stays until the next key. */
export const failure = (text: string): Toast => ({ level: 'error', text, until: null });

/** What is going to happen is worked out, which takes a moment where the rules are long. */
export const preparing = (model: Model): Model =>
  withToast(model, { level: 'info', text: 'looking what that changes', until: null });

export const withToast = (model: Model, toast: Toast): Model => ({ ...model, toast });
