import { fail, type Outcome } from '../core/outcome.ts';
import type { CliIo } from './cli-io.ts';
import { hasOption, type Invocation } from './invocation.ts';

/** A failure when values are turned off for an agent and `what` would show one; `null` otherwise. */
export function refuseForAgent(invocation: Invocation, io: CliIo, what: string): Outcome<never> | null {
  const variable = io.env['KEYHOLE_AGENT'];
  const fromEnvironment = variable !== undefined && variable !== '' && variable !== '0';
  if (!fromEnvironment && !hasOption(invocation, 'agent')) return null;
  return fail('usage', `${what} shows values, which is turned off for agents`, {
    hint: `${fromEnvironment ? 'KEYHOLE_AGENT is set' : '--agent was given'}; list, who, what, matrix and check work without values`,
  });
}
