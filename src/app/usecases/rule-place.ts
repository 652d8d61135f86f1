import { dirname, relative } from 'node:path/posix';
import { fail, type Outcome, ok } from '../../core/outcome.ts';
import type { Repository, RulesFile } from '../../core/repository.ts';

/** Where the rule of a file is, or goes. */
export interface RulePlace {
  readonly rulesFile: string;
  /** What the entry is called. */
  readonly key: string;
}

/**
 * Where the rule of a new file goes: of several rules files the one that has rules for its nearest relatives. Errors:
 * `not-found` (there are no rules), `ambiguous`.
 */
export function rulePlace(repository: Repository, path: string): Outcome<RulePlace> {
  const { rules, secrets } = repository;
  if (rules.length === 0)
    return fail('not-found', 'there is no rules file', {
      hint: 'make secrets.nix, or name one with --rules',
    });
  const [first, other] = rules;
  if (first && !other) return ok({ rulesFile: first.path, key: ruleKey(first, path) });
  const nearness = ({ path: rulesFile }: RulesFile): number =>
    Math.max(
      sharedDirectories(rulesFile, path),
      ...secrets.flatMap(({ id, rule }) =>
        rule?.rulesFile === rulesFile ? [sharedDirectories(id, path)] : [],
      ),
    );
  const best = Math.max(...rules.map(nearness));
  const [nearest, second] = rules.filter((one) => nearness(one) === best);
  if (nearest === undefined || second !== undefined) {
    return fail('ambiguous', `its rule could go into ${rules.map((one) => one.path).join(' or ')}`, {
      where: path,
      hint: 'name one with --rules',
    });
  }
  return ok({ rulesFile: nearest.path, key: ruleKey(nearest, path) });
}

/** What a rules file calls a file. */
export const ruleKey = ({ path: rulesFile, keysRelativeTo }: RulesFile, path: string): string =>
  keysRelativeTo === 'repository-root' ? path : relative(dirname(rulesFile), path);

function sharedDirectories(one: string, other: string): number {
  const [ours, theirs] = [one, other].map((path) => path.split('/').slice(0, -1));
  if (ours === undefined || theirs === undefined) return 0;
  const apart = ours.findIndex((name, index) => name !== theirs[index]);
  return apart < 0 ? ours.length : apart;
}
