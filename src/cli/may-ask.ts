import type { CliIo } from './cli-io.ts';
import { hasOption, type Invocation } from './invocation.ts';

/** Whether somebody is there to answer a question and wants to be asked. */
export const mayAsk = (invocation: Invocation, io: CliIo): boolean =>
  !hasOption(invocation, 'non-interactive') && io.stdinIsTerminal() && io.stderr.isTerminal();
