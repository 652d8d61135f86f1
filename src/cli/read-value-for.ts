import path from 'node:path';
import { readDescriptor, readInputFile } from '../app/terminal/read-input.ts';
import { fail, type Outcome, ok } from '../core/outcome.ts';
import { show } from '../core/safe-text.ts';
import type { CliIo } from './cli-io.ts';
import { type Invocation, valuesOf } from './invocation.ts';
import { mayAsk } from './may-ask.ts';

/**
 * The value that a command is given: with --value, from a file, from stdin, or typed unseen on the terminal. The caller
 * owns the bytes. Errors: `usage`, `needs-prompt`, `stopped`, `not-found`, `refused`, `io`.
 */
export async function readValueFor(
  invocation: Invocation,
  io: CliIo,
  question: string,
): Promise<Outcome<Uint8Array>> {
  const [file] = valuesOf(invocation, 'from-file');
  const [value] = valuesOf(invocation, 'value');
  if (file !== undefined && value !== undefined)
    return fail('usage', '--from-file and --value exclude each other');
  if (value !== undefined) return ok(new TextEncoder().encode(value));
  if (file !== undefined && file !== '-') return readInputFile(path.resolve(io.cwd, file));
  if (!io.stdinIsTerminal()) return readDescriptor(0, 'stdin');
  if (!mayAsk(invocation, io)) {
    return fail('needs-prompt', 'no value was given', {
      hint: 'pipe it in, or name a file with --from-file',
    });
  }
  const { readLine } = await import('../app/terminal/read-line.ts');
  return readLine(`${show(question)} (one line, not shown): `, { echo: false });
}
