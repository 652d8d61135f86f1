import { type Outcome, ok } from '../../core/outcome.ts';
import type { Plan } from '../../core/plan.ts';
import type { Session } from '../session.ts';

export interface PreparedReversal {
  readonly plan: Plan;
  /** What is undone, or done again. */
  readonly label: string;
  /** When that was written, ISO 8601. */
  readonly at: string;
}

/**
 * What taking the last write back would do, or doing the last undone one again. Needs no key: the very bytes that were
 * there come back. Errors: `not-found` (nothing to undo), `changed` (somebody wrote one of the files since).
 */
export async function prepareReversal(
  session: Session,
  kind: 'undo' | 'redo',
): Promise<Outcome<PreparedReversal>> {
  const writer = await session.writer();
  const last = kind === 'undo' ? writer.lastWrite() : writer.lastUndo();
  if (!last.ok) return last;
  const { label, at, changes } = last.value;
  const plan = await writer.plan(changes);
  return plan.ok ? ok({ plan: plan.value, label, at }) : plan;
}
