import type { TextChange } from '../../app/usecases/texts-of-plan.ts';
import type { PlanView, StepView } from '../../app/usecases/views.ts';
import { show } from '../../core/safe-text.ts';

const verbs = {
  encrypt: 'encrypts',
  delete: 'deletes',
  copy: 'copies to',
  rewrite: 'edits',
  restore: 'puts back',
} as const;

/** What a plan would do, with the text that it changes in files that are no secrets, and what there is to know about it. */
export function planLines(
  { steps, warnings }: PlanView,
  texts: readonly TextChange[] = [],
): readonly string[] {
  return [
    ...steps.flatMap((step) => [`${verbs[step.do]} ${show(step.path)}`, ...textLines(step, texts)]),
    ...warnings.map(({ path, says }) => `! ${show(path)}: ${show(says)}`),
  ];
}

function textLines({ path }: StepView, texts: readonly TextChange[]): readonly string[] {
  const change = texts.find((one) => one.path === path);
  return change?.lines.map(({ sign, number, text }) => `${sign} ${number}  ${show(text.trim())}`) ?? [];
}
