import type { Session } from '../app/session.ts';
import { applyPlan } from '../app/usecases/apply-plan.ts';
import { viewOfPlan } from '../app/usecases/view-of-plan.ts';
import type { StepView } from '../app/usecases/views.ts';
import type { ApplyOptions } from '../app/writing/writer.ts';
import { type Outcome, ok } from '../core/outcome.ts';
import type { Plan } from '../core/plan.ts';
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
}

/** The end of every command that writes: shows the plan, or asks what must be asked, applies it and says what it did. */
export async function writeFor(
  invocation: Invocation,
  io: CliIo,
  session: Session,
  { kind, plan, label, unchanged, notes }: Intended,
): Promise<Outcome<Report>> {
  if (hasOption(invocation, 'dry-run')) return ok(planned(session, plan, label, unchanged, notes));
  if (plan === null) {
    const json: Output<'written'> = { label, changed: false, files: [], undoable: false };
    return ok(report({ json, records: [['unchanged', unchanged]], notes }));
  }
  const allowed = await consent(plan.warnings, invocation, io);
  if (!allowed.ok) return allowed;
  const applied = await applyPlan(session, plan, { kind, label });
  if (!applied.ok) return applied;
  const { files, undoable } = applied.value;
  const json: Output<'written'> = { label, changed: true, files, undoable };
  const records = files.map(({ did, path }) => [did, path]);
  return ok(report({ json, records, notes: [...notes, ...allowed.value] }));
}

function planned(
  session: Session,
  plan: Plan | null,
  label: string,
  unchanged: string,
  notes: readonly string[],
): Report {
  const head = session.repository().git?.head ?? null;
  const view =
    plan === null
      ? { base: { head, files: [] }, steps: [], warnings: [] }
      : viewOfPlan(session.repository(), plan);
  const json: Output<'plan'> = { label, changed: plan !== null, ...view, warnings: plan?.warnings ?? [] };
  const records = plan === null ? [['unchanged', unchanged]] : view.steps.map(recordOf);
  const warnings = view.warnings.map(({ path, says }) => `${path}: ${says}`);
  return report({ json, records, notes: [...notes, ...warnings, 'nothing was written: --dry-run'] });
}

function recordOf({ do: what, path, size, readers }: StepView): readonly string[] {
  const names = readers.map(({ name, key }) => name ?? key).join(', ');
  return [what, path, size === null ? '-' : `${size} bytes`, readers.length === 0 ? '-' : `for ${names}`];
}
