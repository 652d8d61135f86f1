import { fail, type Outcome, ok } from '../core/outcome.ts';
import type { GivenKey } from './given-key.ts';
import type { GivenKeys } from './read-given-keys.ts';

/**
 * The one that is meant: of the keys that one host has, which `ssh-keyscan` prints together, the ed25519 key. Error:
 * `ambiguous`.
 */
export function chooseGivenKey({ keys }: GivenKeys): Outcome<GivenKey> {
  const [first, ...others] = keys;
  if (first === undefined) return fail('bad-recipient', 'there is no key in it');
  if (others.length === 0) return ok(first);
  const isOneHost = first.hosts.length > 0 && others.every((key) => sameHosts(key, first));
  const ed25519 = keys.filter(({ recipient }) => recipient.kind === 'ssh-ed25519');
  const [only] = ed25519;
  if (isOneHost && only !== undefined && ed25519.length === 1) return ok(only);
  const details = keys.map(({ recipient, comment, hosts, fingerprint }) =>
    [recipient.kind, fingerprint ?? recipient.id, comment || hosts.join(',')].filter(Boolean).join(' '),
  );
  const says = `there are ${keys.length} keys in it`;
  return { ok: false, error: { code: 'ambiguous', says, hint: 'give one of them', details } };
}

const sameHosts = (one: GivenKey, other: GivenKey): boolean => one.hosts.join() === other.hosts.join();
