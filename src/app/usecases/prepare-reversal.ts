import { isCommitted } from '../../core/git-state.ts';
import { type Outcome, ok } from '../../core/outcome.ts';
import type { Plan, PlanWarning } from '../../core/plan.ts';
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
  const planned = await writer.plan(changes);
  if (!planned.ok) return planned;
  const plan = planned.value;
  // What an undo left is what was there before, which mostly is what was committed before.
  const more = kind === 'undo' ? await committed(session, plan) : [];
  return ok({ plan: { ...plan, warnings: [...plan.warnings, ...more] }, label, at });
}

/** What was committed since stays so: taking it back changes the files, and no commit. */
async function committed(session: Session, { steps }: Plan): Promise<readonly PlanWarning[]> {
  if (session.repository().git === null) return [];
  const git = await session.git();
  const states = await git.states(steps.map(({ target }) => target));
  if (!states.ok || states.value === null) return [];
  const known = states.value;
  return steps
    .filter(({ target }) => {
      const state = known.get(target);
      return state !== undefined && isCommitted(state);
    })
    .map(({ path }) => ({
      code: 'is-committed',
      path,
      says: 'it is committed as it is now, and the commit stays: only the file changes',
    }));
}
