import type { TextChange } from '../../app/usecases/texts-of-plan.ts';
import type { PlanView, StepView } from '../../app/usecases/views.ts';
import { counted } from '../../core/counted.ts';
import { keyLabel } from '../../core/key-label.ts';
import { show } from '../../core/safe-text.ts';

const verbs = {
  encrypt: 'encrypts',
  delete: 'deletes',
  copy: 'copies to',
  rewrite: 'edits',
  restore: 'puts back',
} as const;

/**
 * What a plan would do, with the text that it changes in files that are no secrets, and what there is to know about it.
 * Readers who are new come first: nobody may agree to them without having seen them.
 */
export function planLines(
  { steps, warnings }: PlanView,
  texts: readonly TextChange[] = [],
): readonly string[] {
  return [
    ...newReaderLines(warnings),
    ...steps.flatMap((step) => [stepLine(step), ...textLines(step, texts)]),
    ...warningLines(warnings),
  ];
}

type Warnings = PlanView['warnings'];

/** The readers who are new, each with the whole key. */
export function newReaderLines(warnings: Warnings): readonly string[] {
  const unseen = warnings.filter(({ recipient }) => recipient !== null);
  if (unseen.length === 0) return [];
  return [...unseen.map(warningLine), `agreeing accepts ${counted(unseen.length, 'new reader')}`];
}

/** What else there is to know. */
export const warningLines = (warnings: Warnings): readonly string[] =>
  warnings.filter(({ recipient }) => recipient === null).map(warningLine);

const warningLine = ({ path, says }: Warnings[number]): string => `! ${show(path)}: ${show(says)}`;

/** Of a file that is not there yet also who reads it. */
function stepLine({ do: what, path, before, readers }: StepView): string {
  const verb = `${what === 'rewrite' && before === null ? 'writes' : verbs[what]} ${show(path)}`;
  if (what !== 'encrypt' || before !== null) return verb;
  return `${verb} for ${readers.map((key) => show(keyLabel(key))).join(', ')}`;
}

export function textLines({ path }: StepView, texts: readonly TextChange[]): readonly string[] {
  const change = texts.find((one) => one.path === path);
  return change?.lines.map(({ sign, number, text }) => `${sign} ${number}  ${show(text.trim())}`) ?? [];
}

/** Nobody here could read it afterwards: its name has to be typed. */
export const isLockOut = ({ warnings }: PlanView): boolean =>
  warnings.some(({ code }) => code === 'nobody-here-reads');
