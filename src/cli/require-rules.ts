import { type Outcome, ok } from '../core/outcome.ts';
import type { Repository } from '../core/repository.ts';

/**
 * The error of a repository whose rules cannot be read at all: every file would look like one without a rule. What
 * needs no rules, such as `get`, goes on without them.
 */
export function requireRules({ rules, problems }: Repository): Outcome<null> {
  const broken = rules.length === 0 ? problems.find((problem) => problem.code === 'bad-rules') : undefined;
  return broken ? { ok: false, error: broken } : ok(null);
}
