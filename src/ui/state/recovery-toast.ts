import type { StartRecovery } from '../../app/recover-at-start.ts';
import { tellRecovery } from '../../app/usecases/tell-recovery.ts';
import { show } from '../../core/safe-text.ts';
import type { Toast } from './model.ts';

/** What the first frame says about writes that were interrupted; `null` when none was. */
export function recoveryToast({ settled, error }: StartRecovery): Toast | null {
  if (error !== null) {
    const text = show(`an interrupted write could not be settled: ${error.says}`);
    return { level: 'error', text, until: null };
  }
  const says = settled.flatMap(tellRecovery);
  if (says.length === 0) return null;
  const level = settled.some(({ did }) => did === 'undecided' || did === 'set-aside') ? 'warning' : 'info';
  return { level, text: show(says.join('; ')), until: null };
}
