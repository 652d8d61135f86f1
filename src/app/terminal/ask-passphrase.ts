import { fail, type Outcome } from '../../core/outcome.ts';
import { show } from '../../core/safe-text.ts';
import { type AskPassphrase, passphraseAttempts } from '../../crypto/keyring.ts';
import { explainCost } from './explain-cost.ts';

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
    async ask({ origin, attempt, cost }) {
      if (stopped || !allowed()) return null;
      if (cost !== undefined && attempt === 1) {
        const { confirm } = await import('./confirm.ts');
        const agreed = await confirm(`the passphrase for ${show(origin)} ${explainCost(cost)}. Go on?`);
        if (!agreed.ok || !agreed.value) {
          stopped = fail('stopped', 'stopped before the passphrase was asked');
          return null;
        }
      }
      const again = attempt > 1 ? `wrong passphrase, once more (${attempt} of ${passphraseAttempts}): ` : '';
      // Loads node:tty, which most runs never need.
      const { readLine } = await import('./read-line.ts');
      const answer = await readLine(`${again}passphrase for ${show(origin)}: `, { echo: false });
      if (answer.ok) return answer.value;
      if (answer.error.code === 'stopped') stopped = fail('stopped', 'stopped at the passphrase prompt');
      return null;
    },
  };
}
