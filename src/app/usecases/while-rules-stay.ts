import { fail, type Outcome } from '../../core/outcome.ts';
import type { Plan } from '../../core/plan.ts';
import type { Repository } from '../../core/repository.ts';
import type { Session } from '../session.ts';

/** Rules that change all the time are not waited for. */
const tries = 3;

/**
 * Prepares again where the rules changed meanwhile: planning reads them again then, and all else was made from old ones.
 * Errors: `changed`, and those of preparing.
 */
export async function whileRulesStay<T extends { readonly plan: Plan | null }>(
  session: Session,
  prepare: () => Promise<Outcome<T>>,
): Promise<Outcome<T>> {
  for (let count = 0; count < tries; count += 1) {
    const before = session.repository();
    const prepared = await prepare();
    if (!prepared.ok) return prepared;
    if (sameRules(before, session.repository())) return prepared;
    const writer = await session.writer();
    for (const step of prepared.value.plan?.steps ?? []) if (step.do === 'encrypt') writer.drop(step.value);
  }
  return fail('changed', 'the rules change all the time', { hint: 'try again' });
}

function sameRules(before: Repository, now: Repository): boolean {
  if (before === now) return true;
  const text = ({ secrets }: Repository): string =>
    JSON.stringify(secrets.map(({ id, rule, declared }) => [id, rule?.rulesFile, rule?.key, declared]));
  return text(before) === text(now);
}
