import type { AppError } from '../core/outcome.ts';
import { findRoot } from '../store/find-root.ts';
import { openJail } from '../store/jail.ts';
import { mayNeedRecovery } from '../store/transaction/possible-homes.ts';
import type { Recovery } from '../store/transaction/recover.ts';

/** What a start found of writes that were interrupted, and did about them. */
export interface StartRecovery {
  readonly settled: readonly Recovery[];
  /** Why not all of it could be settled. Reading goes on all the same: every file is whole, old or new. */
  readonly error: AppError | null;
}

const nothing: StartRecovery = { settled: [], error: null };

/** Finishes or takes back what was interrupted in the repository at or above `path`, before it is read. */
export async function recoverAtStart(path: string): Promise<StartRecovery> {
  const root = findRoot(path);
  if (!root.ok) return nothing;
  const jail = openJail(root.value);
  const needed = mayNeedRecovery(jail);
  jail.close();
  if (!needed) return nothing;
  const { recoverRepository } = await import('../store/transaction/recover.ts');
  const recovered = recoverRepository(root.value);
  return recovered.ok ? { settled: recovered.value, error: null } : { settled: [], error: recovered.error };
}
