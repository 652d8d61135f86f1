import { fail, type Outcome } from '../../core/outcome.ts';
import type { PlanBase } from '../../core/plan.ts';
import { closeGitDirectory, findGitDirectory } from '../git/find-git-directory.ts';
import { readHead } from '../git/read-head.ts';
import type { Jail } from '../jail.ts';
import type { Replacement } from './stage-files.ts';
import { changedMeanwhile, stateOfTarget } from './targets.ts';

/** Whether everything the plan rests on is still so. Errors: `changed`, `io`, `refused`. */
export function checkBase(base: PlanBase, files: readonly Replacement[], jail: Jail): Outcome<never> | null {
  const git = findGitDirectory(jail.root, jail);
  const head = git.ok && git.value !== null ? readHead(git.value).head : null;
  if (git.ok && git.value !== null) closeGitDirectory(git.value);
  if (head !== base.head)
    return fail('changed', 'another commit was checked out meanwhile', { hint: 'try again' });
  for (const { path, sha256: wanted } of base.files) {
    const target = jail.resolve(path);
    if (!target.ok && target.error.code !== 'not-found') return target;
    const planned = files.find((file) => file.path === path)?.target;
    if (target.ok && planned !== undefined && target.value !== planned) return changedMeanwhile(path);
    const state = stateOfTarget(jail, target.ok ? target.value : path);
    if (!state.ok) return state;
    if ((state.value?.sha256 ?? null) !== wanted) return changedMeanwhile(path);
  }
  return null;
}
