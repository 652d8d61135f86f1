import { setTimeout as sleep } from 'node:timers/promises';
import { type Outcome, ok } from '../../core/outcome.ts';
import type { FileFact } from '../../core/plan-changes.ts';
import { type Jail, openJail } from '../jail.ts';
import { mayNeedRecovery } from './possible-homes.ts';
import { stateOfTarget } from './targets.ts';

type Facts = ReadonlyMap<string, FileFact>;

/** As long as one waits for the lock. */
const patience = 3_000;
const pause = 25;

/**
 * What is on disk at these paths, links followed as far as they stay below the root. Errors: `refused` (outside, not a
 * regular file), `io`.
 */
export async function inspectTargets(root: string, paths: readonly string[]): Promise<Outcome<Facts>> {
  const jail = openJail(root);
  try {
    for (const until = Date.now() + patience; ; ) {
      const facts = inspect(jail, paths);
      // A write that is under way keeps what it replaces under a second name: that is no hard link of the user's.
      const linked = facts.ok && [...facts.value.values()].some(({ links }) => links > 1);
      if (!linked || Date.now() > until) return facts;
      if (!mayNeedRecovery(jail)) return inspect(jail, paths); // it may just have ended
      await sleep(pause);
    }
  } finally {
    jail.close();
  }
}

function inspect(jail: Jail, paths: readonly string[]): Outcome<Facts> {
  const facts = new Map<string, FileFact>();
  for (const path of new Set(paths)) {
    const resolved = jail.resolve(path);
    // In a directory that is not there yet.
    if (!resolved.ok && resolved.error.code !== 'not-found') return resolved;
    const target = resolved.ok ? resolved.value : path;
    const state = stateOfTarget(jail, target);
    if (!state.ok) return state;
    facts.set(path, { path, target, sha256: state.value?.sha256 ?? null, links: state.value?.links ?? 1 });
  }
  return ok(facts);
}
