import { fail, type Outcome } from '../../core/outcome.ts';
import { show } from '../../core/safe-text.ts';
import { hasOption } from '../invocation.ts';
import { mayAsk } from '../may-ask.ts';
import { openSessionFor } from '../open-session-for.ts';
import type { Report } from '../report.ts';
import { wholeSecrets } from '../whole-secrets.ts';
import type { Command } from './command.ts';

export const rm: Command = async (invocation, io): Promise<Outcome<Report>> => {
  const opened = await openSessionFor(invocation, io);
  if (!opened.ok) return opened;
  const { session, notes } = opened.value;
  const ids = wholeSecrets(opened.value, invocation.positionals, 'only whole secrets are removed');
  if (!ids.ok) return ids;
  const { prepareRemove } = await import('../../app/usecases/prepare-remove.ts');
  const prepared = await prepareRemove(session, {
    ids: ids.value,
    keepRules: hasOption(invocation, 'keep-rule'),
    keepPublic: hasOption(invocation, 'keep-public'),
    breakHardLinks: hasOption(invocation, 'break-hardlinks'),
  });
  if (!prepared.ok) return prepared;
  const { plan, label } = prepared.value;
  // With somebody there to ask, nothing is deleted by a slip of the hand; a script has said what it wants.
  if (mayAsk(invocation, io) && !hasOption(invocation, 'yes') && !hasOption(invocation, 'dry-run')) {
    const { confirm } = await import('../../app/terminal/confirm.ts');
    const answer = await confirm(
      `${label}: ${plan.steps.map(({ do: what, path }) => `${what} ${show(path)}`).join(', ')}?`,
    );
    if (!answer.ok) return answer;
    if (!answer.value) return fail('stopped', 'nothing was removed');
  }
  const { writeFor } = await import('../write-for.ts');
  return writeFor(invocation, io, session, {
    kind: 'write',
    plan,
    label,
    unchanged: label,
    notes: [...notes, ...prepared.value.notes],
  });
};
