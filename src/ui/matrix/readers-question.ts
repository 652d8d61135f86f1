import type { Applied } from '../../app/usecases/apply-agreed.ts';
import { readerChangeText } from '../../app/usecases/reader-change-text.ts';
import { rotationOf } from '../../app/usecases/rotation-of.ts';
import type { TextChange } from '../../app/usecases/texts-of-plan.ts';
import type { PlanView } from '../../app/usecases/views.ts';
import { counted } from '../../core/counted.ts';
import { firstFew } from '../../core/first-few.ts';
import type { RecipientId } from '../../core/recipient.ts';
import { show } from '../../core/safe-text.ts';
import { keyFor } from '../keys/resolve-key.ts';
import { newReaderLines, textLines, warningLines } from '../state/plan-lines.ts';
import type { Question } from '../state/question.ts';
import type { ReadersWish } from './readers-wish.ts';

/** The plan screen: the rules as a difference of text, each file with who gains and loses it, and what to know. */
export function readersQuestion(
  wish: ReadersWish,
  { plan, agreement }: Extract<Applied, { readonly did: 'ask' }>,
  label: string,
  notes: readonly string[],
  texts: readonly TextChange[],
): Question {
  const lockOut = plan.warnings.find(({ code }) => code === 'nobody-here-reads');
  const given = keyGivenIn(wish);
  const warnings = plan.warnings.filter(({ recipient }) => recipient === null || recipient !== given);
  return {
    about: 'readers',
    wish,
    agreed: agreement,
    title: `${show(label)}?`,
    lines: [
      ...newReaderLines(warnings),
      summary(plan),
      ...notes.map((note) => show(note)),
      ...warningLines(warnings),
      ...rotationLines(plan),
      ...plan.steps
        .filter((step) => step.do === 'rewrite')
        .flatMap((step) => [
          `${step.before === null ? 'creates' : 'edits'} ${show(step.path)}`,
          ...textLines(step, texts),
        ]),
      ...plan.steps.filter((step) => step.do === 'delete').map(({ path }) => `deletes ${show(path)}`),
      ...plan.steps.filter((step) => step.do === 'encrypt').map(fileLine),
    ],
    name: lockOut ? show(lockOut.path) : null,
    typed: '',
  };
}

/** Whoever gave a key and named it has accepted it. */
function keyGivenIn(wish: ReadersWish): RecipientId | null {
  return wish.kind === 'reader' && 'key' in wish.request ? wish.request.key.recipient.id : null;
}

function summary({ steps }: PlanView): string {
  const count = (isMeant: (step: PlanView['steps'][number]) => boolean): number =>
    steps.filter(isMeant).length;
  const files = count((step) => step.do === 'encrypt');
  const rules = count((step) => step.do === 'rewrite' && step.path.endsWith('.nix'));
  const keys = count(
    (step) => step.do === 'delete' || (step.do === 'rewrite' && !step.path.endsWith('.nix')),
  );
  const parts = [
    ...(files > 0 ? [`${counted(files, 'file')} encrypted again`] : []),
    ...(rules > 0 ? [`${counted(rules, 'rules file')} edited`] : []),
    ...(keys > 0 ? [`${counted(keys, 'key file')} changed`] : []),
  ];
  return `${parts.join(', ')}, as one write: ${keyFor('agree')} does it, ${keyFor('undo')} then takes it back.`;
}

function fileLine({ path, readerChange }: PlanView['steps'][number]): string {
  const change = readerChange && readerChangeText(readerChange, '→');
  return `${show(path)}  ${change ? show(change) : 'for the same readers'}`;
}

const mostNamed = 5;

/** Taking somebody off a file does not make them forget. */
function rotationLines(plan: PlanView): readonly string[] {
  const known = rotationOf(plan);
  if (known.length === 0) return [];
  const which = show(firstFew(known, mostNamed));
  return [
    `! whoever loses a secret may know its value, and git keeps the old file: give ${counted(known.length, 'secret')} another value: ${which}`,
  ];
}
