import { type Outcome, ok } from '../../core/outcome.ts';
import { checkFor } from '../check-for.ts';
import { findingsReport } from '../findings-report.ts';
import { hasOption } from '../invocation.ts';
import type { Report } from '../report.ts';
import type { Command } from './command.ts';

export const check: Command = async (invocation, io): Promise<Outcome<Report>> => {
  const history = hasOption(invocation, 'history');
  const done = await checkFor(invocation, io, { history, rotation: 'no' });
  if (!done.ok) return done;
  const { checked, notes } = done.value;
  return ok(findingsReport(checked, invocation, io.version, { notes }));
};
