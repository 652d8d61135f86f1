import { fail, type Outcome, ok } from '../../core/outcome.ts';
import { type AskPassphrase, type PassphraseRequest, passphraseAttempts } from '../keyring.ts';

/**
 * Asks until a passphrase opens the key, three times at most, and overwrites every answer. `tryPassphrase` answers
 * `null` for a wrong one. Errors: `needs-prompt` (nobody answers), `wrong-passphrase`, those of `tryPassphrase`.
 */
export async function unlock<T>(
  ask: AskPassphrase,
  key: Omit<PassphraseRequest, 'attempt'>,
  tryPassphrase: (passphrase: Uint8Array) => Promise<Outcome<T | null>>,
): Promise<Outcome<T>> {
  for (let attempt = 1; attempt <= passphraseAttempts; attempt++) {
    const passphrase = await ask({ ...key, attempt });
    if (passphrase === null) {
      return fail('needs-prompt', 'a passphrase is needed and none was given', { where: key.origin });
    }
    try {
      const opened = await tryPassphrase(passphrase);
      if (!opened.ok) return opened;
      if (opened.value !== null) return ok(opened.value);
    } finally {
      passphrase.fill(0);
    }
  }
  return fail('wrong-passphrase', `the passphrase does not open the key, ${passphraseAttempts} times`, {
    where: key.origin,
    hint: 'open it again to retry, or give another key with -i',
  });
}

/** What a key answers once it was wiped. */
export const forgotten = (): ReturnType<typeof fail> => fail('no-key', 'the key was forgotten');

/**
 * Runs `work` once for all who ask while it runs; a failure is not kept, so that the next one may try again. Whose
 * work ended only because nobody answered somebody else's question asks its own: a search in the background, which
 * never asks, must not take the prompt from a person.
 */
export function shareRunning<T>(
  work: (ask: AskPassphrase) => Promise<Outcome<T>>,
): (ask: AskPassphrase) => Promise<Outcome<T>> {
  let running: Promise<Outcome<T>> | null = null;
  return async (ask) => {
    while (running !== null) {
      const outcome: Outcome<T> = await running;
      if (outcome.ok || outcome.error.code !== 'needs-prompt') return outcome;
    }
    running = work(ask).finally(() => {
      running = null;
    });
    return running;
  };
}
