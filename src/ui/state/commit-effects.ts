import type { Session } from '../../app/session.ts';
import { show } from '../../core/safe-text.ts';
import type { Effect } from './effect.ts';
import type { EffectPorts } from './effects.ts';
import type { Message } from './message.ts';

type CommitEffect = Extract<Effect, { readonly type: 'plan-commit' | 'commit' }>;

interface Ports {
  readonly session: Session;
  readonly ports: Pick<EffectPorts, 'lendTerminal' | 'sayOutside'>;
  readonly post: (message: Message) => void;
}

/** Looks what there is to commit, and has git commit it. Hooks and signing programs get the terminal meanwhile. */
export const createCommitEffects =
  ({ session, ports, post }: Ports) =>
  async (effect: CommitEffect): Promise<void> => {
    const { request } = effect;
    const git = await session.git();
    if (effect.type === 'plan-commit') {
      return post({ type: 'commit-planned', request, outcome: await git.plan() });
    }
    const { plan, message } = effect;
    const outcome = await ports.lendTerminal(() => {
      ports.sayOutside(
        plan.hooks.length === 0 ? 'git commits' : `git commits, and runs ${show(plan.hooks.join(', '))}`,
      );
      return git.commit(plan, { message, hasTerminal: true });
    });
    post({ type: 'committed', request, outcome, plan, message, repository: session.repository() });
  };
