import type { Session } from '../app/session.ts';
import { isUncommitted, sayGitState } from '../core/git-state.ts';
import { type Outcome, ok } from '../core/outcome.ts';
import type { Cell } from './columns.ts';
import type { Output } from './schema/output.ts';

export interface GitColumn {
  readonly json: Pick<Output<'list-git'>, 'git'>;
  readonly cell: (path: string) => Cell;
}

/** What git would say of these secrets and of the rules files. Errors: those of `GitWork.states`. */
export async function gitColumn(session: Session, ids: readonly string[]): Promise<Outcome<GitColumn>> {
  const { rules } = session.repository();
  const paths = [...ids, ...rules.map(({ path }) => path)];
  const asked = await (await session.git()).states(paths);
  if (!asked.ok) return asked;
  const states = asked.value;
  const git =
    states &&
    paths.flatMap((path) => {
      const state = states.get(path);
      return state === undefined ? [] : [{ path, ...state }];
    });
  return ok({
    json: { git },
    cell(path) {
      const state = states?.get(path);
      if (state === undefined) return '-';
      return { text: sayGitState(state), ...(isUncommitted(state) && { tone: 'doubtful' as const }) };
    },
  });
}
