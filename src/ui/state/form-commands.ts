import type { CommandId } from '../keys/bindings.ts';
import { choose, eraseInForm, goOn, leaveForm, moveInForm, pageInForm, toggle } from './creating.ts';
import type { Model } from './model.ts';
import type { ModelStep } from './step.ts';

/** What the keys of the form do. */
export const formCommands: Readonly<
  Record<Extract<CommandId, `form-${string}`>, (model: Model, now: number) => ModelStep>
> = {
  'form-go-on': goOn,
  'form-next': moveInForm(1),
  'form-previous': moveInForm(-1),
  'form-page-down': pageInForm(1),
  'form-page-up': pageInForm(-1),
  'form-toggle': toggle,
  'form-right': choose(1),
  'form-left': choose(-1),
  'form-erase': eraseInForm('character'),
  'form-erase-word': eraseInForm('word'),
  'form-erase-line': eraseInForm('line'),
  'form-leave': leaveForm,
};
