import { type Outcome, ok } from '../../core/outcome.ts';
import type { Plan } from '../../core/plan.ts';
import type { Session } from '../session.ts';
import { untilStopped } from '../writing/until-stopped.ts';
import type { ApplyOptions } from '../writing/writer.ts';
import type { WrittenFile } from './views.ts';

export interface AppliedPlan {
  readonly files: readonly WrittenFile[];
  /** Whether `undo` can take it back. */
  readonly undoable: boolean;
  /** What else there is to say. */
  readonly notes: readonly string[];
}

/** With a signal of one's own that stops it, or without. */
export type PlanOptions = Omit<ApplyOptions, 'signal'> & Partial<Pick<ApplyOptions, 'signal'>>;

/**
 * Applies a plan whole or not at all. SIGINT, SIGTERM, SIGHUP and the signal given stop it only while nothing was
 * replaced yet.
 */
export async function applyPlan(
  session: Session,
  plan: Plan,
  options: PlanOptions,
): Promise<Outcome<AppliedPlan>> {
  const writer = await session.writer();
  const applied = await untilStopped((ownSignal) => {
    const signal = options.signal ? AbortSignal.any([options.signal, ownSignal]) : ownSignal;
    return writer.apply(plan, { ...options, signal });
  });
  for (const step of plan.steps) if (step.do === 'encrypt') writer.drop(step.value);
  if (!applied.ok) return applied;
  return ok({
    files: plan.steps.map(writtenFile),
    undoable: applied.value.record !== null,
    notes: applied.value.notes,
  });
}

const writtenFile = ({ path, before, do: done }: Plan['steps'][number]): WrittenFile => ({
  path,
  did: done === 'delete' ? 'deleted' : before === null ? 'created' : 'replaced',
});
