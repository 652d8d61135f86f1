import type { AppError, Outcome } from '../../core/outcome.ts';
import type { RecipientId } from '../../core/recipient.ts';
import type { Repository } from '../../core/repository.ts';
import type { SecretId } from '../../core/secret.ts';
import { whyUnfit } from '../../crypto/encrypt-file.ts';
import { parseRecipient } from '../../crypto/parse-recipient.ts';

/** A secret that cannot be written, and why. */
export interface Skipped {
  readonly id: SecretId;
  readonly error: AppError;
}

/** What none can encrypt to, told before anything is opened. */
export function unfitFor(
  { recipients }: Repository,
  id: SecretId,
  readers: readonly RecipientId[],
): readonly Skipped[] {
  const why = whyUnfit(readers.map((key) => recipients.get(key) ?? parseRecipient(key)));
  return why && !why.ok ? [{ id, error: why.error }] : [];
}

/**
 * All or nothing: names the first that failed, which decides the exit status, and tells of the others.
 *
 * @param partial how many there were, where the others could be written without it; else 0
 */
export function refusal(failed: readonly Skipped[], partial: number): Outcome<never> {
  const [first, ...others] = failed;
  if (first === undefined) throw new Error('nothing failed');
  const { error, id } = first;
  const place = error.where && error.where !== id ? ` (${error.where})` : '';
  const hint = [error.hint, ...(partial > failed.length ? ['--partial writes the others'] : [])];
  const more = others.map((one) => `${one.id}: ${one.error.says}`);
  return {
    ok: false,
    error: {
      ...error,
      where: id,
      says: `${error.says}${place}; nothing was changed`,
      hint: hint.filter(Boolean).join('; '),
      details: [...more, ...(error.details ?? [])],
    },
  };
}
