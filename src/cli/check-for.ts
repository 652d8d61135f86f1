import { checkRepository } from '../app/usecases/check-repository.ts';
import type { CheckInput, CheckOutput } from '../app/usecases/types.ts';
import { severities } from '../core/audit/finding-rules.ts';
import { type Outcome, ok } from '../core/outcome.ts';
import type { CliIo } from './cli-io.ts';
import { type Invocation, valuesOf } from './invocation.ts';
import { openSessionFor } from './open-session-for.ts';

/** Opens the repository and checks it as of today. */
export async function checkFor(
  invocation: Invocation,
  io: CliIo,
  asked: Pick<CheckInput, 'history' | 'rotation'>,
): Promise<Outcome<{ readonly checked: CheckOutput; readonly notes: readonly string[] }>> {
  const opened = await openSessionFor(invocation, io);
  if (!opened.ok) return opened;
  const [least] = valuesOf(invocation, 'severity');
  const severity = severities.find((one) => one === least) ?? 'low';
  const today = new Date().toISOString().slice(0, 10);
  const checked = await checkRepository(opened.value.session, { severity, today, ...asked });
  return checked.ok ? ok({ checked: checked.value, notes: opened.value.notes }) : checked;
}
