import { openSync, writeSync } from 'node:fs';
import { ReadStream } from 'node:tty';
import { fail, type Outcome, ok } from '../../core/outcome.ts';
import { show } from '../../core/safe-text.ts';
import { createLineInput } from './line-input.ts';

/**
 * Asks on the controlling terminal, whatever stdin and stdout are. What is typed is shown only with `echo`; the
 * question is erased afterwards. The caller owns and overwrites the answer. `question` must be safe to show.
 * Errors: `stopped` (Ctrl-C), `needs-prompt` (there is no terminal).
 */
export async function readLine(
  question: string,
  { echo }: { readonly echo: boolean },
): Promise<Outcome<Uint8Array>> {
  let descriptor: number;
  try {
    descriptor = openSync('/dev/tty', 'r+');
  } catch {
    return fail('needs-prompt', 'there is no terminal to ask on');
  }
  const terminal = new ReadStream(descriptor);
  const input = createLineInput();
  terminal.setRawMode(true);
  writeSync(descriptor, question);
  try {
    const stopped = await new Promise<boolean>((resolve) => {
      terminal.on('data', (chunk: Buffer) => {
        const state = input.feed(chunk);
        chunk.fill(0);
        if (echo) writeSync(descriptor, `\r\u001b[K${question}${show(input.take())}`);
        if (state !== 'reading') resolve(state === 'stopped');
      });
      // The terminal was closed under us: nobody can answer any more.
      terminal.on('error', () => resolve(true));
      terminal.on('end', () => resolve(true));
    });
    return stopped ? fail('stopped', 'stopped') : ok(input.take());
  } finally {
    input.wipe();
    terminal.setRawMode(false);
    writeSync(descriptor, '\r\u001b[K');
    terminal.destroy();
  }
}
