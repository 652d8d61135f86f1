import { type Outcome, ok } from '../../core/outcome.ts';
import { readLine } from './read-line.ts';

/** Asks a question whose answer is no unless `y` or `yes` is typed. Errors: `stopped`, `needs-prompt`. */
export async function confirm(question: string): Promise<Outcome<boolean>> {
  const answer = await readLine(`${question} [y/N] `, { echo: true });
  if (!answer.ok) return answer;
  return ok(/^y(es)?$/i.test(Buffer.from(answer.value).toString().trim()));
}
