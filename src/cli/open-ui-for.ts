import { fail, type Outcome } from '../core/outcome.ts';
import { refuseForAgent } from './agent-mode.ts';
import type { CliIo } from './cli-io.ts';
import { hasOption, type Invocation } from './invocation.ts';
import { refuseWhenWatched } from './refuse-when-watched.ts';
import { sessionOptions } from './session-options.ts';
import { wantsNoColour } from './wants-no-colour.ts';

/** Opens the UI on the repository that the command line names. Errors: `usage`, and whatever opening it gives. */
export async function openUiFor(invocation: Invocation, io: CliIo): Promise<Outcome<number>> {
  if (hasOption(invocation, 'json')) {
    return fail('usage', '--json needs a command', { hint: 'keyhole list --json lists the secrets' });
  }
  const refused = refuseUi(invocation, io);
  if (refused) return refused;
  return io.openUi({
    session: sessionOptions(invocation, io, invocation.positionals[0]),
    ascii: hasOption(invocation, 'ascii'),
    noColor: wantsNoColour(invocation, io),
  });
}

/** Why the UI cannot be opened here; `null` when it can. */
export function refuseUi(invocation: Invocation, io: CliIo): Outcome<never> | null {
  const refused = refuseForAgent(invocation, io, 'the UI') ?? refuseWhenWatched(io);
  if (refused) return refused;
  const hint = 'keyhole list prints the secrets, keyhole --help lists the commands';
  if (!io.stdinIsTerminal() || !io.stdout.isTerminal()) {
    return fail('usage', 'the UI needs a terminal', { hint });
  }
  if (io.env['TERM'] === 'dumb') return fail('usage', 'the UI cannot draw on TERM=dumb', { hint });
  return null;
}
