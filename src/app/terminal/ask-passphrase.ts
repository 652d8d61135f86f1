import { fail, type Outcome } from '../../core/outcome.ts';
import { show } from '../../core/safe-text.ts';
import type { AskPassphrase } from '../../crypto/keyring.ts';

export interface PassphraseAsker {
  readonly ask: AskPassphrase;
  /** Why an unanswered question was not answered, when it was the person who stopped it. */
  readonly stopped: () => Outcome<never> | null;
}

/** Asks for passphrases on the terminal, where that is `allowed`; finding that out waits until a question comes up. */
export function createPassphraseAsker(allowed: () => boolean): PassphraseAsker {
  let stopped: Outcome<never> | null = null;
  return {
    stopped: () => stopped,
    async ask({ origin, attempt }) {
      if (stopped || !allowed()) return null;
      const again = attempt > 1 ? 'wrong passphrase, once more: ' : '';
      // Loads node:tty, which most runs never need.
      const { readLine } = await import('./read-line.ts');
      const answer = await readLine(`${again}passphrase for ${show(origin)}: `, { echo: false });
      if (answer.ok) return answer.value;
      if (answer.error.code === 'stopped') stopped = fail('stopped', 'stopped at the passphrase prompt');
      return null;
    },
  };
}
