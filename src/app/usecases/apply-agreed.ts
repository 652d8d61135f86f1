import { type Outcome, ok } from '../../core/outcome.ts';
import type { Plan } from '../../core/plan.ts';
import type { Recipient } from '../../core/recipient.ts';
import type { Session } from '../session.ts';
import { applyPlan, type PlanOptions } from './apply-plan.ts';
import { doubtedIn } from './doubted-in.ts';
import { viewOfPlan } from './view-of-plan.ts';
import type { PlanView } from './views.ts';

/**
 * What somebody agreed to: nothing yet, whatever the plan says, or exactly this plan. Only who saw a plan accepts the
 * readers whom it warns of.
 */
export type Agreement = 'none' | 'anything' | { readonly plan: string };

/** That of somebody who saw this plan. */
export const agreementTo = (view: PlanView): Agreement => ({ plan: JSON.stringify(view) });

export type Applied =
  | { readonly did: 'written'; readonly files: number; readonly notes?: readonly string[] }
  /** Nothing was written: this has to be agreed to first. */
  | { readonly did: 'ask'; readonly plan: PlanView; readonly agreement: Agreement };

/**
 * Applies a plan that somebody saw and agreed to; a plan that came out differently since is asked about again.
 * Afterwards the session has read the repository again. Errors: those of `applyPlan`.
 *
 * @param fresh keys that the plan brings in, with their names
 */
export async function applyAgreed(
  session: Session,
  plan: Plan,
  agreed: Agreement,
  options: PlanOptions,
  fresh: readonly Recipient[] = [],
): Promise<Outcome<Applied>> {
  const view = viewOfPlan(session.repository(), plan, fresh);
  const agreement = agreementTo(view);
  const isSeen = JSON.stringify(agreed) === JSON.stringify(agreement);
  const isAgreed = agreed === 'anything' || isSeen;
  if (!isAgreed) {
    const writer = await session.writer();
    for (const step of plan.steps) if (step.do === 'encrypt') writer.drop(step.value);
    return ok({ did: 'ask', plan: view, agreement });
  }
  const applied = await applyPlan(session, plan, isSeen ? { ...options, accept: doubtedIn(plan) } : options);
  if (!applied.ok) return applied;
  // A failure leaves the reading from before, and the screen offers to read again.
  await session.reload();
  return ok({ did: 'written', files: applied.value.files.length, notes: applied.value.notes });
}
