import { createPassphraseAsker } from '../app/terminal/ask-passphrase.ts';
import type { Outcome } from '../core/outcome.ts';
import type { AskPassphrase } from '../crypto/keyring.ts';
import type { CliIo } from './cli-io.ts';
import { hasOption, type Invocation } from './invocation.ts';
import { mayAsk } from './may-ask.ts';
import type { showProgress } from './show-progress.ts';

/** How files are opened and written, as the use-cases that change readers take it. */
export interface Opening {
  readonly breakHardLinks: boolean;
  readonly ask: AskPassphrase;
  readonly onProgress: (done: number, total: number) => void;
}

/** Prepares what opens files first. A question takes the line that tells how far it got; who stops there stops it all. */
export async function prepareOpening<Prepared>(
  invocation: Invocation,
  io: CliIo,
  progress: ReturnType<typeof showProgress>,
  prepare: (opening: Opening) => Promise<Outcome<Prepared>>,
): Promise<Outcome<Prepared>> {
  const asker = createPassphraseAsker(() => mayAsk(invocation, io));
  const prepared = await prepare({
    breakHardLinks: hasOption(invocation, 'break-hardlinks'),
    ask: (request) => {
      progress.end();
      return asker.ask(request);
    },
    onProgress: (done, total) => progress.tell('opening', done, total),
  });
  progress.end();
  return asker.stopped() ?? prepared;
}
