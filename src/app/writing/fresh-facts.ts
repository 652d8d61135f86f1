import { statSync } from 'node:fs';
import path from 'node:path';
import { fail, type Outcome, ok } from '../../core/outcome.ts';
import type { PlanFacts } from '../../core/plan-changes.ts';
import type { Repository } from '../../core/repository.ts';
import { stampOf } from '../../store/file-stamp.ts';
import type { RepositoryReading, RulesSources } from '../../store/open-repository.ts';
import { inspectTargets } from '../../store/transaction/inspect-targets.ts';

export interface FreshPorts {
  readonly reading: () => RepositoryReading;
  readonly reread: () => Promise<Outcome<Repository>>;
}

/** Rules that change all the time are not waited for. */
const tries = 5;

/**
 * What a plan is made from. The rules may have been read long ago: where one of the files they were made from is not as
 * it was then, or nobody knows which they were, they are read again, so that nothing is encrypted for readers of
 * yesterday. Errors: those of reading and of `inspectTargets`, `changed`.
 */
export async function freshFacts(
  ports: FreshPorts,
  paths: readonly string[],
): Promise<Outcome<Omit<PlanFacts, 'breakHardLinks'>>> {
  for (let count = 0; count < tries; count += 1) {
    const { repository, sources } = ports.reading();
    const rulesFrom = filesBelow(repository, sources);
    // First the content, then the stamps: what has still the old stamp had the old content.
    const files = await inspectTargets(repository.root, [...paths, ...rulesFrom]);
    if (!files.ok) return files;
    const isFirst = count === 0;
    if (isUnchanged(sources) || (sources === null && !isFirst)) {
      return ok({ repository, files: files.value, rulesFrom });
    }
    const again = await ports.reread();
    if (!again.ok) return again;
    // A file that changed within a moment of being read has no stamp yet: it has one when it is read a moment later.
    if (!isFirst) await new Promise((resume) => setTimeout(resume, 30));
  }
  return fail('changed', 'the rules change all the time', { hint: 'try again' });
}

const isUnchanged = (sources: RulesSources): boolean =>
  sources !== null &&
  [...sources].every(([file, stamp]) => stamp !== null && stampOf(file, Number.POSITIVE_INFINITY) === stamp);

/** From the root; directories, whose content decides as well, are told by their stamps alone. */
export function filesBelow({ root, rules }: Repository, sources: RulesSources): readonly string[] {
  if (sources === null) return rules.map((file) => file.path);
  return [...sources.keys()]
    .filter((file) => file.startsWith(`${root}/`) && statSync(file, { throwIfNoEntry: false })?.isFile())
    .map((file) => path.relative(root, file));
}
