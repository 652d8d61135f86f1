import { type Outcome, ok } from '../../core/outcome.ts';
import { findRoot } from '../../store/find-root.ts';
import { recoverRepository } from '../../store/transaction/recover.ts';
import { tellRecovery } from './tell-recovery.ts';
import type { RecoveryView } from './views.ts';

export interface RecoverOutput {
  readonly root: string;
  /** Empty when nothing was interrupted. */
  readonly writes: readonly RecoveryView[];
}

export interface RecoverInput {
  readonly decision: 'finish' | 'abort' | null;
  /** A lock whose owner cannot be asked from here is nobody's any more. */
  readonly takeOver: boolean;
}

/**
 * Settles what interrupted writes left in the repository at or above `path`; where somebody changed their files since,
 * as `decision` says. Needs no rules and no key. Errors: `not-found`, `busy`, `io`.
 */
export function recoverWrites(path: string, { decision, takeOver }: RecoverInput): Outcome<RecoverOutput> {
  const root = findRoot(path);
  if (!root.ok) return root;
  const direction = decision === null ? null : decision === 'finish' ? 'forward' : 'back';
  const recovered = recoverRepository(root.value, { decision: direction, takeOver });
  if (!recovered.ok) return recovered;
  const writes = recovered.value.map((one) => ({ ...one, says: tellRecovery(one) }));
  return ok({ root: root.value, writes });
}
