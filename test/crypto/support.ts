import type { Outcome } from '../../src/core/outcome.ts';
import type { AskPassphrase, PassphraseRequest } from '../../src/crypto/keyring.ts';

/** The value, or the test fails with the error's own words. */
export function must<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(`${outcome.error.code}: ${outcome.error.says}`);
  return outcome.value;
}

export const nobodyAnswers: AskPassphrase = async () => null;

/** Gives these answers in turn, then none, and remembers what it was asked. */
export function answering(...answers: readonly string[]): { ask: AskPassphrase; asked: PassphraseRequest[] } {
  const asked: PassphraseRequest[] = [];
  const ask: AskPassphrase = async (request) => {
    const answer = answers[asked.length];
    asked.push(request);
    return answer === undefined ? null : Buffer.from(answer);
  };
  return { ask, asked };
}
