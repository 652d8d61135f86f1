import { type FinalNewline, finalNewlines } from '../app/usecases/final-newline.ts';
import { fail, type Outcome, ok } from '../core/outcome.ts';
import { type Invocation, valuesOf } from './invocation.ts';

/** What was wished for with --final-newline. Error: `usage`. */
export function finalNewlineFor(invocation: Invocation): Outcome<FinalNewline | undefined> {
  const wish = valuesOf(invocation, 'final-newline')[0];
  const known = finalNewlines.find((one) => one === wish);
  if (wish === undefined || known !== undefined) return ok(known);
  return fail('usage', `--final-newline is ${finalNewlines.join(', ')}`);
}
