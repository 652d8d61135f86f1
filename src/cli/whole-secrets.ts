import { fail, type Outcome, ok } from '../core/outcome.ts';
import { resolveAddress } from '../core/resolve-address.ts';
import type { SecretId } from '../core/secret.ts';
import type { OpenedForCommand } from './open-session-for.ts';

/**
 * The secrets that are named by their whole paths, for what acts on whole files. Errors: those of `resolveAddress`,
 * `usage` for a key in one.
 *
 * @param whyNoKey what is said of `FILE#KEY`
 */
export function wholeSecrets(
  { session, here }: Pick<OpenedForCommand, 'session' | 'here'>,
  words: readonly string[],
  whyNoKey: string,
): Outcome<readonly SecretId[]> {
  const ids: SecretId[] = [];
  for (const wanted of words) {
    const address = resolveAddress(session.repository(), wanted, here, false);
    if (!address.ok) return address;
    if (address.value.key) return fail('usage', whyNoKey, { where: wanted });
    ids.push(address.value.id);
  }
  return ok(ids);
}
