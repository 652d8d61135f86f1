import { type Outcome, ok } from '../../core/outcome.ts';
import type { FileFact } from '../../core/plan-changes.ts';
import { openJail } from '../jail.ts';
import { stateOfTarget } from './targets.ts';

/**
 * What is on disk at these paths, links followed as far as they stay below the root. Errors: `refused` (outside, not a
 * regular file), `io`.
 */
export function inspectTargets(
  root: string,
  paths: readonly string[],
): Outcome<ReadonlyMap<string, FileFact>> {
  const jail = openJail(root);
  try {
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
  } finally {
    jail.close();
  }
}
