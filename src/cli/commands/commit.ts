import { commitNotes, leftOutOf } from '../../core/commit-notes.ts';
import type { CommitPlan } from '../../core/commit-plan.ts';
import { counted } from '../../core/counted.ts';
import { fail, type Outcome, ok } from '../../core/outcome.ts';
import { show } from '../../core/safe-text.ts';
import type { CliIo } from '../cli-io.ts';
import { hasOption, type Invocation, valuesOf } from '../invocation.ts';
import { mayAsk } from '../may-ask.ts';
import { openSessionFor } from '../open-session-for.ts';
import { type Report, report } from '../report.ts';
import type { Output } from '../schema/output.ts';
import type { Command } from './command.ts';

export const commit: Command = async (invocation, io): Promise<Outcome<Report>> => {
  const opened = await openSessionFor(invocation, io);
  if (!opened.ok) return opened;
  const { session, notes } = opened.value;
  const git = await session.git();
  const planned = await git.plan();
  if (!planned.ok) return planned;
  const plan = planned.value;
  const message = valuesOf(invocation, 'message').at(-1) ?? plan.message;
  if (message.trim() === '') return fail('usage', 'a commit needs a message');
  if (plan.files.length === 0) {
    const nothing = 'nothing that keyhole wrote differs from the last commit';
    return ok(report({ json: jsonOf(plan, message, null), notes: [...notes, ...leftOutOf(plan), nothing] }));
  }
  const records = plan.files.map(({ did, path, what }) => [did, path, what]);
  const told = commitNotes(plan).map(({ says }) => says);
  if (hasOption(invocation, 'dry-run')) {
    const all = [...notes, ...told, `message: ${message}`, 'nothing was committed: --dry-run'];
    return ok(report({ json: jsonOf(plan, message, null), records, notes: all }));
  }
  // Before anything of it runs, and not with what is said at the end.
  if (!hasOption(invocation, 'quiet')) {
    for (const note of [...notes, ...told]) io.stderr.write(`keyhole: ${show(note)}\n`);
  }
  const agreed = await askFirst(plan, message, invocation, io);
  if (!agreed.ok) return agreed;
  const done = await git.commit(plan, { message, hasTerminal: mayAsk(invocation, io) });
  if (!done.ok) return done;
  if (done.value.did === 'ask') {
    return fail('changed', 'what there is to commit changed meanwhile', { hint: 'look at it and try again' });
  }
  const { commit: id, notes: surprises } = done.value;
  return ok(
    report({ json: jsonOf(plan, message, id), records, notes: [...surprises, `committed: ${message}`] }),
  );
};

/** With somebody there, nothing runs hooks by a slip of the hand; a script has said what it wants. */
async function askFirst(
  plan: CommitPlan,
  message: string,
  invocation: Invocation,
  io: CliIo,
): Promise<Outcome<null>> {
  if (!mayAsk(invocation, io) || hasOption(invocation, 'yes')) return ok(null);
  for (const { did, path } of plan.files) io.stderr.write(`  ${did} ${show(path)}\n`);
  const { confirm } = await import('../../app/terminal/confirm.ts');
  const answer = await confirm(`commit ${counted(plan.files.length, 'file')} as "${show(message)}"?`);
  if (!answer.ok) return answer;
  return answer.value ? ok(null) : fail('stopped', 'nothing was committed');
}

function jsonOf(plan: CommitPlan, message: string, id: string | null): Output<'commit'> {
  const { files, leftOut, staged, hooks, settings } = plan;
  return { commit: id, message, files, leftOut, staged, hooks, settings };
}
