import type { CommitPlan } from '../../core/commit-plan.ts';
import { type GitState, isCommitted, sayGitState } from '../../core/git-state.ts';
import { fail, type Outcome, ok } from '../../core/outcome.ts';
import type { Repository } from '../../core/repository.ts';
import type { SecretId } from '../../core/secret.ts';
import type { Stanza } from '../../core/stanza.ts';
import { gitStates } from '../../store/git/git-states.ts';
import { openJail } from '../../store/jail.ts';
import { untilStopped } from '../writing/until-stopped.ts';
import type { CommitManner, CommitResult, GitWork } from './git-work.ts';
import type { PlanPorts } from './plan-commit.ts';

interface Ports extends PlanPorts {
  readonly stanzas: () => ReadonlyMap<SecretId, readonly Stanza[]>;
  readonly reread: () => Promise<Outcome<Repository>>;
}

export function createGitWork({ reread, stanzas, ...ports }: Ports): GitWork {
  const { repository, env } = ports;
  const plan = async (): Promise<Outcome<CommitPlan>> => {
    const { planCommit } = await import('./plan-commit.ts');
    return planCommit(ports);
  };

  const states: GitWork['states'] = async (paths, signal) => {
    const found = await gitStates(repository().root, paths, { env, signal });
    if (!found.ok || found.value === null) return found.ok ? ok(null) : found;
    const { files, links } = found.value;
    return links.length === 0 ? ok(files) : behindLinks(files, links, { env, signal });
  };

  const formerReaders: GitWork['formerReaders'] = async (signal) => {
    const { findFormerReaders } = await import('../../store/find-former-readers.ts');
    return findFormerReaders(repository(), stanzas(), ports.rulesFrom(), env, signal);
  };

  const ageHistory: GitWork['ageHistory'] = async (signal) => {
    const { readAgeHistory } = await import('./read-age-history.ts');
    return readAgeHistory(repository(), ports.rulesFrom(), env, signal);
  };

  /** A secret behind a link is the file that the link leads to. */
  const behindLinks = async (
    files: ReadonlyMap<string, GitState>,
    links: readonly string[],
    more: Parameters<typeof gitStates>[2],
  ): ReturnType<GitWork['states']> => {
    const jail = openJail(repository().root);
    const leads = links.map((link) => [link, jail.resolve(link)] as const);
    jail.close();
    const targets = leads.flatMap(([, to]) => (to.ok ? [to.value] : []));
    const behind = await gitStates(repository().root, targets, more);
    if (!behind.ok) return behind;
    const all = new Map(files);
    for (const [link, to] of leads) {
      const state = to.ok ? behind.value?.files.get(to.value) : undefined;
      const own = files.get(link);
      if (own !== undefined && isCommitted(own)) all.set(link, state ?? { tree: 'unknown', isStaged: false });
    }
    return ok(all);
  };

  const commit = async (
    agreed: CommitPlan,
    { message, hasTerminal }: CommitManner,
  ): Promise<Outcome<CommitResult>> => {
    const now = await plan();
    if (!now.ok) return now;
    if (JSON.stringify(now.value) !== JSON.stringify(agreed)) return ok({ did: 'ask', plan: now.value });
    if (message.trim() === '') return fail('usage', 'a commit needs a message');
    const paths = agreed.files.map(({ path }) => path);
    const before = await states(paths);
    if (!before.ok) return before;
    const unknown = paths.filter((path) => before.value?.get(path)?.tree === 'untracked');
    const { runCommit } = await import('../../store/git/run-commit.ts');
    const { root } = repository();
    const ran = await untilStopped((signal) =>
      runCommit({ root, paths, unknown, message, env, hasTerminal }, signal),
    );
    if (!ran.ok) return ran;
    const read = await reread();
    const after = await states(paths);
    const notes = after.ok ? paths.flatMap((path) => surprise(path, after.value?.get(path))) : [];
    return ok({ did: 'committed', commit: read.ok ? (read.value.git?.head ?? null) : null, notes });
  };

  return { states, formerReaders, ageHistory, plan, commit };
}

/** A hook or a filter may have made something else of it. */
const surprise = (path: string, state: Parameters<typeof isCommitted>[0] | undefined): readonly string[] =>
  state === undefined || isCommitted(state) ? [] : [`${path} after the commit: ${sayGitState(state)}`];
