import { openSession } from '../../src/app/open-session.ts';
import type { Session } from '../../src/app/session.ts';
import { checkRepository } from '../../src/app/usecases/check-repository.ts';
import { listSecrets } from '../../src/app/usecases/list-secrets.ts';
import { showMatrix } from '../../src/app/usecases/show-matrix.ts';
import type { ListOutput } from '../../src/app/usecases/types.ts';
import { whoReads } from '../../src/app/usecases/who-reads.ts';
import type { SecretId } from '../../src/core/secret.ts';
import { goodSecret } from './cage.ts';

export interface Destination {
  readonly root: string;
  readonly home: string;
  /** Secrets to open besides the good one. */
  readonly open: readonly string[];
}

/** All that keyhole says about a repository: plain JSON. */
export interface Visit {
  readonly list: ListOutput;
  /** For each opened secret its number of keys (`2 keys`), or the error's code. */
  readonly opened: Readonly<Record<string, string>>;
  /** Text of everything else that was said. */
  readonly rest: string;
}

/** Does everything that reading can do: open, list, check, matrix, readers, keys, values, history, what git would say. */
export async function visit({ root, home, open }: Destination): Promise<Visit> {
  // The repository may bring its own programs; only absolute entries of PATH may be believed.
  const env = { HOME: home, PATH: `.:bin:${process.env['PATH'] ?? ''}` };
  const opened = await openSession({
    path: root,
    rulesFiles: [],
    identityFiles: [],
    defaultIdentities: true,
    env,
  });
  if (!opened.ok) throw new Error(`cannot open: ${opened.error.code}: ${opened.error.says}`);
  const session = opened.value;
  const list = await listSecrets(session, { globs: [], states: [], readers: [] });
  if (!list.ok) throw new Error(`cannot list: ${list.error.says}`);
  const answers: Record<string, string> = {};
  for (const id of [goodSecret, ...open]) answers[id] = await openOne(session, id);
  const rest = [
    await checkRepository(session, { severity: 'low', today: '2026-01-01', history: true, rotation: 'yes' }),
    await showMatrix(session, { globs: [] }),
    await whoReads(session, { id: goodSecret, used: true }),
    await session.identities(),
    await session.indexKeys(() => {}),
    await session.lastChange(goodSecret as SecretId),
    await whatGitWouldSay(session),
  ];
  session.lock();
  return { list: list.value, opened: answers, rest: JSON.stringify(rest) };
}

/** Also what a commit would run, as far as that can be told without running any of it. */
async function whatGitWouldSay(session: Session): Promise<unknown> {
  const git = await session.git();
  const states = await git.states(session.repository().secrets.map(({ id }) => id));
  return [states.ok ? [...(states.value ?? [])] : states.error, await git.plan()];
}

async function openOne(session: Session, id: string): Promise<string> {
  const opened = await session.open(id as SecretId, () => Promise.resolve(null));
  if (!opened.ok) return opened.error.code;
  const keys = opened.value.entries.length;
  session.release(opened.value);
  return `${keys} keys`;
}
