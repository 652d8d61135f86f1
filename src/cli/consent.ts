import { fail, type Outcome, ok } from '../core/outcome.ts';
import type { PlanWarning } from '../core/plan.ts';
import { show } from '../core/safe-text.ts';
import type { CliIo } from './cli-io.ts';
import { hasOption, type Invocation } from './invocation.ts';
import { mayAsk } from './may-ask.ts';

/** The option that says in advance that somebody means it. */
const options: Partial<Record<PlanWarning['code'], string>> = {
  'changes-readers': 'accept-readers',
  'nobody-here-reads': 'allow-unreadable',
};

/**
 * Asks about everything that a person must mean: who can read a file is confirmed, a file that nobody here could read
 * any more needs its name typed. Gives all warnings as notes. Errors: `needs-prompt`, `stopped`.
 */
export async function consent(
  warnings: readonly PlanWarning[],
  invocation: Invocation,
  io: CliIo,
): Promise<Outcome<readonly string[]>> {
  for (const { code, path, says } of warnings) {
    const option = options[code];
    if (option === undefined || hasOption(invocation, option)) continue;
    const hint = `--${option} writes it all the same`;
    if (!mayAsk(invocation, io)) return fail('needs-prompt', says, { where: path, hint });
    const meant = code === 'nobody-here-reads' ? await typed(path, says) : await confirmed(path, says);
    if (!meant.ok) return meant;
    if (!meant.value) return fail('stopped', 'nothing was written', { where: path, hint });
  }
  return ok(warnings.map(({ path, says }) => `${path}: ${says}`));
}

async function confirmed(path: string, says: string): Promise<Outcome<boolean>> {
  const { confirm } = await import('../app/terminal/confirm.ts');
  return confirm(`${show(path)}: ${show(says)}. Write it?`);
}

async function typed(path: string, says: string): Promise<Outcome<boolean>> {
  const { readLine } = await import('../app/terminal/read-line.ts');
  const answer = await readLine(`${show(path)}: ${show(says)}. Type its name to write it: `, { echo: true });
  return answer.ok ? ok(Buffer.from(answer.value).toString().trim() === path) : answer;
}
