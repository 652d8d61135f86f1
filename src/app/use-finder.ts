import { fail, type Outcome, ok } from '../core/outcome.ts';
import type { Repository } from '../core/repository.ts';
import type { WhereUsed } from '../core/usage/where-used.ts';

/** Finds where secrets are used once for each reading of the repository, when somebody first asks. Error: `stopped`. */
export function createUseFinder(
  repository: () => Repository,
  rulesFrom: () => ReadonlySet<string>,
): (signal?: AbortSignal) => Promise<Outcome<WhereUsed>> {
  let found: { readonly of: Repository; readonly uses: WhereUsed } | null = null;
  return async (signal) => {
    const now = repository();
    if (found?.of === now) return ok(found.uses);
    const [{ readUsageFacts }, { findUses }] = await Promise.all([
      import('../store/usage/read-usage-facts.ts'),
      import('../core/usage/where-used.ts'),
    ]);
    try {
      const facts = await readUsageFacts(now.root, rulesFrom(), signal);
      const uses = findUses(
        now.secrets.map(({ id }) => id),
        facts,
      );
      found = { of: now, uses };
      return ok(uses);
    } catch (error) {
      if (signal?.aborted) return fail('stopped', 'stopped');
      throw error;
    }
  };
}
