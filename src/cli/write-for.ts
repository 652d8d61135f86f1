import type { Session } from '../app/session.ts';
import { applyPlan } from '../app/usecases/apply-plan.ts';
import type { NamedReaders } from '../app/usecases/choose-readers.ts';
import { readerChangeText } from '../app/usecases/reader-change-text.ts';
import type { Skipped } from '../app/usecases/refusal.ts';
import { rotationOf } from '../app/usecases/rotation-of.ts';
import { textsOfPlan } from '../app/usecases/texts-of-plan.ts';
import { viewOfPlan } from '../app/usecases/view-of-plan.ts';
import type { PlanView, StepView } from '../app/usecases/views.ts';
import type { ApplyOptions } from '../app/writing/writer.ts';
import { errorCodes } from '../core/error-codes.ts';
import { firstFew } from '../core/first-few.ts';
import { type Outcome, ok } from '../core/outcome.ts';
import type { Plan } from '../core/plan.ts';
import type { Recipient } from '../core/recipient.ts';
import { acceptRecipients } from './accept-recipients.ts';
import { arrowFor } from './arrow-for.ts';
import type { CliIo } from './cli-io.ts';
import { consent } from './consent.ts';
import { hasOption, type Invocation } from './invocation.ts';
import { type Report, report } from './report.ts';
import type { Output } from './schema/output.ts';

export interface Intended {
  readonly kind: ApplyOptions['kind'];
  /** `null`: nothing needs to be written. */
  readonly plan: Plan | null;
  readonly label: string;
  /** What is said to be unchanged then. */
  readonly unchanged: string;
  readonly notes: readonly string[];
  /** Whom somebody named as a reader. */
  readonly named?: NamedReaders;
  /** Left as they are, although they were meant; the command then ends with the status of the first. */
  readonly skipped?: readonly Skipped[];
  /** The same values for other readers: who loses one may know it. */
  readonly keepsValues?: true;
  /** Keys that the plan brings in, with their names. */
  readonly fresh?: readonly Recipient[];
  readonly onProgress?: ApplyOptions['onProgress'];
}

/** The end of every command that writes: shows the plan, or asks what must be asked, applies it and says what it did. */
export async function writeFor(
  invocation: Invocation,
  io: CliIo,
  session: Session,
  intended: Intended,
): Promise<Outcome<Report>> {
  const { kind, plan, label, unchanged, notes, skipped = [], onProgress } = intended;
  const view = plan && viewOfPlan(session.repository(), plan, intended.fresh);
  const rotate = view && intended.keepsValues ? rotationOf(view) : [];
  const more = {
    skipped: skipped.map(({ id, error: { code, says } }) => ({ path: id, code, says })),
    rotate,
  };
  const arrow = arrowFor(invocation, io);
  const end = {
    exit: skipped[0] === undefined ? 0 : errorCodes[skipped[0].error.code].exit,
    notes: [
      ...notes,
      ...skipped.map(({ id, error: { says } }) => `${id}: left as it is: ${says}`),
      ...rotationNotes(rotate),
    ],
  };
  if (hasOption(invocation, 'dry-run'))
    return ok(report({ ...end, ...planned(session, intended, view, more, end.notes, arrow) }));
  if (plan === null) {
    const json: Output<'written'> = { label, changed: false, files: [], undoable: false, ...more };
    return ok(report({ ...end, json, records: [['unchanged', unchanged]] }));
  }
  const accepted = await acceptRecipients(plan.warnings, intended.named, invocation, io);
  if (!accepted.ok) return accepted;
  const allowed = await consent(plan.warnings, invocation, io);
  if (!allowed.ok) return allowed;
  const applied = await applyPlan(session, plan, {
    kind,
    label,
    accept: accepted.value,
    ...(onProgress && { onProgress }),
  });
  if (!applied.ok) return applied;
  const { files, undoable } = applied.value;
  const json: Output<'written'> = { label, changed: true, files, undoable, ...more };
  const records = files.map(({ did, path }, index) => [did, path, ...changeOf(view?.steps[index], arrow)]);
  return ok(
    report({ ...end, json, records, notes: [...end.notes, ...allowed.value, ...applied.value.notes] }),
  );
}

function planned(
  session: Session,
  { plan, label, unchanged }: Intended,
  view: PlanView | null,
  more: Pick<Output<'plan'>, 'skipped' | 'rotate'>,
  notes: readonly string[],
  arrow: string,
): Partial<Report> {
  const { root, git } = session.repository();
  const { base, steps, warnings } = view ?? {
    base: { head: git?.head ?? null, files: [] },
    steps: [],
    warnings: [],
  };
  const texts = plan === null ? [] : textsOfPlan(root, plan);
  const json: Output<'plan'> = { label, changed: plan !== null, base, steps, texts, warnings, ...more };
  const records = [
    ...(plan === null ? [['unchanged', unchanged]] : steps.map((step) => recordOf(step, arrow))),
    ...texts.flatMap(({ path, lines }) =>
      lines.map(({ sign, number, text }) => [sign, `${path}:${number}`, text]),
    ),
  ];
  const doubts = warnings.map(({ path, says }) => `${path}: ${says}`);
  return { json, records, notes: [...notes, ...doubts, 'nothing was written: --dry-run'] };
}

function recordOf(step: StepView, arrow: string): readonly string[] {
  const { do: what, path, size, readers } = step;
  const names = readers.map(({ alias, name, key }) => alias ?? name ?? key).join(', ');
  const readerCell = readers.length === 0 ? '-' : `for ${names}`;
  return [what, path, size === null ? '-' : `${size} bytes`, readerCell, ...changeOf(step, arrow)];
}

function changeOf(step: StepView | undefined, arrow: string): readonly string[] {
  const text = step?.readerChange ? readerChangeText(step.readerChange, arrow) : null;
  return text === null ? [] : [text];
}

/** Taking somebody off a file does not make them forget. */
function rotationNotes(rotate: readonly string[]): readonly string[] {
  if (rotate.length === 0) return [];
  const says = 'who loses a secret may know its value, and git keeps the old file: give these another value';
  return [`${says}: ${firstFew(rotate, 20)}`];
}
