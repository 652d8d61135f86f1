import type { TextChange } from '../../app/usecases/texts-of-plan.ts';
import type { PlanView, StepView } from '../../app/usecases/views.ts';
import { shortKey } from '../../core/recipient-label.ts';
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
    ...steps.flatMap((step) => [stepLine(step), ...textLines(step, texts)]),
    ...warnings.map(({ path, says }) => `! ${show(path)}: ${show(says)}`),
  ];
}

/** Of a file that is not there yet also who reads it. */
function stepLine({ do: what, path, before, readers }: StepView): string {
  const verb = `${what === 'rewrite' && before === null ? 'writes' : verbs[what]} ${show(path)}`;
  if (what !== 'encrypt' || before !== null) return verb;
  return `${verb} for ${readers.map(({ name, key }) => show(name ?? shortKey(key))).join(', ')}`;
}

export function textLines({ path }: StepView, texts: readonly TextChange[]): readonly string[] {
  const change = texts.find((one) => one.path === path);
  return change?.lines.map(({ sign, number, text }) => `${sign} ${number}  ${show(text.trim())}`) ?? [];
}

/** Nobody here could read it afterwards: its name has to be typed. */
export const isLockOut = ({ warnings }: PlanView): boolean =>
  warnings.some(({ code }) => code === 'nobody-here-reads');
