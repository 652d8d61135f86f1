import type { Session } from '../app/session.ts';
import { readerChangeText } from '../app/usecases/reader-change-text.ts';
import { textsOfPlan } from '../app/usecases/texts-of-plan.ts';
import { viewOfPlan } from '../app/usecases/view-of-plan.ts';
import { fail, type Outcome, ok } from '../core/outcome.ts';
import { show } from '../core/safe-text.ts';
import { arrowFor } from './arrow-for.ts';
import type { CliIo } from './cli-io.ts';
import { hasOption, type Invocation } from './invocation.ts';
import { mayAsk } from './may-ask.ts';
import { printNotes } from './print-notes.ts';
import type { Intended } from './write-for.ts';

/** A terminal shows as many without rolling away. */
const mostLines = 20;

/**
 * With somebody there to ask, shows who gains and who loses what, and asks; a script has said what it wants. Error:
 * `stopped`.
 */
export async function confirmReaders(
  invocation: Invocation,
  io: CliIo,
  session: Session,
  { plan, label, skipped = [], fresh = [] }: Pick<Intended, 'plan' | 'label' | 'skipped' | 'fresh'>,
): Promise<Outcome<null>> {
  if (plan === null || !mayAsk(invocation, io)) return ok(null);
  if (hasOption(invocation, 'yes') || hasOption(invocation, 'dry-run')) return ok(null);
  const arrow = arrowFor(invocation, io);
  const repository = session.repository();
  const texts = textsOfPlan(repository.root, plan);
  const lines = [
    ...skipped.map(({ id, error: { says } }) => `left ${id}: ${says}`),
    ...texts.flatMap(({ path, lines: changed }) =>
      changed.map(({ sign, number, text }) => `${sign} ${path}:${number} ${text.trim()}`),
    ),
    ...viewOfPlan(repository, plan, fresh).steps.map(({ do: what, path, readerChange }) =>
      [what, path, readerChange ? (readerChangeText(readerChange, arrow) ?? '') : ''].join(' ').trim(),
    ),
  ];
  const rest = lines.length - mostLines;
  printNotes([...lines.slice(0, mostLines), ...(rest > 0 ? [`and ${rest} more`] : [])], io);
  const { confirm } = await import('../app/terminal/confirm.ts');
  const answer = await confirm(`${show(label)}?`);
  if (!answer.ok) return answer;
  return answer.value ? ok(null) : fail('stopped', 'nothing was written');
}
