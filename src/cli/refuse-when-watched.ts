import { fail, type Outcome } from '../core/outcome.ts';
import type { CliIo } from './cli-io.ts';

/**
 * A failure when others can look into this process, so that no key is loaded into it; `null` when all is well.
 * A debugger port is open to every local user, heap snapshots and diagnostic reports write memory to disk.
 */
export function refuseWhenWatched(io: CliIo): Outcome<never> | null {
  if (io.openedBy === null || io.env['KEYHOLE_ALLOW_DEBUG'] === '1') return null;
  return fail('usage', `no keys are loaded while Node runs with ${io.openedBy}: others could read them`, {
    hint: 'unset NODE_OPTIONS, or set KEYHOLE_ALLOW_DEBUG=1 if you mean it',
  });
}
