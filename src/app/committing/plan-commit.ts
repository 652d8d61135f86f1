import { type CommitFile, type CommitPlan, commitMessage } from '../../core/commit-plan.ts';
import { isUncommitted } from '../../core/git-state.ts';
import { type Outcome, ok } from '../../core/outcome.ts';
import type { Repository } from '../../core/repository.ts';
import { commitPrograms, noGit } from '../../store/git/commit-programs.ts';
import { gitStates, stagedPaths } from '../../store/git/git-states.ts';
import { openJail } from '../../store/jail.ts';
import { readRepositoryHistory } from '../../store/transaction/history.ts';
import { judgeFile, type LeftOut } from './judge-file.ts';
import { writtenFiles } from './written-files.ts';

export interface PlanPorts {
  readonly repository: () => Repository;
  /** From the root: the files that the rules were made from. */
  readonly rulesFrom: () => ReadonlySet<string>;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/**
 * What a commit of exactly what keyhole wrote would be. Nothing but ciphertext, rules and public keys gets into it, and
 * no file that something else wrote since. Errors: `not-found` without git, those of `gitStates` and `commitPrograms`.
 */
export async function planCommit({ repository, rulesFrom, env }: PlanPorts): Promise<Outcome<CommitPlan>> {
  const { root, git } = repository();
  const written = writtenFiles(readRepositoryHistory(root));
  const ports = { env, signal: undefined };
  const states = await gitStates(root, [...written.keys()], ports);
  if (!states.ok) return states;
  if (states.value === null) return noGit();
  const programs = await commitPrograms(root, env);
  if (!programs.ok) return programs;
  const staged = await stagedPaths(root, ports);
  if (!staged.ok) return staged;

  const files: CommitFile[] = [];
  const leftOut: LeftOut[] = [];
  const jail = openJail(root);
  for (const [path, writes] of [...written].sort(([one], [other]) => (one < other ? -1 : 1))) {
    const state = states.value.files.get(path);
    if (state === undefined || (state.tree !== 'unknown' && !isUncommitted(state))) continue;
    const committed = states.value.committed.get(path)?.id ?? null;
    const judged = judgeFile(jail, { path, writes, state, committed, rulesFrom: rulesFrom() });
    if ('did' in judged) files.push(judged);
    else leftOut.push(judged);
  }
  jail.close();
  const ours = new Set(files.map(({ path }) => path));
  return ok({
    branch: git?.branch ?? null,
    files,
    leftOut,
    staged: staged.value.filter((path) => !ours.has(path)),
    ...programs.value,
    message: commitMessage(files),
  });
}
