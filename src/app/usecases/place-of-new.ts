import { fail, type Outcome } from '../../core/outcome.ts';
import type { Repository } from '../../core/repository.ts';
import { type RulePlace, rulePlace } from './rule-place.ts';

/** Where the rule of a file goes that has neither a rule nor a file yet. Errors: `refused`, those of `rulePlace`. */
export function placeOfNew(repository: Repository, path: string): Outcome<RulePlace> {
  const there = repository.secrets.find(({ id }) => id === path);
  if (there?.rule !== undefined || there?.ruleProblem !== undefined) {
    return fail('refused', 'a rule names it already', {
      where: path,
      hint: `keyhole set writes a file for its rule`,
    });
  }
  if (there !== undefined) return fail('refused', 'there is a file already', { where: path });
  return rulePlace(repository, path);
}
