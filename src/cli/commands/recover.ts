import { sweepScratchAtStart } from '../../app/sweep-scratch-at-start.ts';
import { recoverWrites } from '../../app/usecases/recover-writes.ts';
import { errorCodes } from '../../core/error-codes.ts';
import { fail, type Outcome, ok } from '../../core/outcome.ts';
import { hasOption } from '../invocation.ts';
import { type Report, report } from '../report.ts';
import type { Output } from '../schema/output.ts';
import { sessionOptions } from '../session-options.ts';
import type { Command } from './command.ts';

export const recover: Command = async (invocation, io): Promise<Outcome<Report>> => {
  const [finish, abort] = [hasOption(invocation, 'finish'), hasOption(invocation, 'abort')];
  if (finish && abort) return fail('usage', '--finish and --abort exclude each other');
  const decision = finish ? 'finish' : abort ? 'abort' : null;
  await sweepScratchAtStart(io.env);
  const recovered = recoverWrites(sessionOptions(invocation, io).path, {
    decision,
    takeOver: hasOption(invocation, 'take-over'),
  });
  if (!recovered.ok) return recovered;
  const { root, writes } = recovered.value;
  const undecided = writes.some(({ did }) => did === 'undecided');
  return ok(
    report({
      json: { root, writes } satisfies Output<'recover'>,
      records: writes.map(({ did, label }) => [did, label]),
      notes: writes.length === 0 ? ['nothing was interrupted'] : writes.flatMap(({ says }) => says),
      exit: undecided ? errorCodes.changed.exit : 0,
    }),
  );
};
