import { fail, type Outcome, ok } from '../../core/outcome.ts';
import type { RecipientId } from '../../core/recipient.ts';
import type { Repository } from '../../core/repository.ts';
import type { Secret, SecretId } from '../../core/secret.ts';
import { keysOf, offeredReaders, type RecipientOffer } from './choose-readers.ts';
import { readerOffers, withEveryKey } from './reader-offers.ts';

/** One cell of who reads what, as it is to be. */
export interface ReaderToggle {
  /** A reader or a group as the rules call it, or a public key. */
  readonly reader: string;
  readonly secret: SecretId;
  readonly to: 'grant' | 'revoke';
}

/** A toggle with the secret and the keys it is about. */
export interface MeantToggle extends ReaderToggle {
  readonly entry: Secret & { readonly rule: NonNullable<Secret['rule']> };
  readonly offers: readonly RecipientOffer[];
  readonly keys: readonly RecipientId[];
}

/** Of several for one cell the last is meant. */
function lastOfEach(toggles: readonly ReaderToggle[]): readonly ReaderToggle[] {
  const last = new Map<string, ReaderToggle>();
  for (const toggle of toggles) {
    const cell = `${toggle.secret}\0${toggle.reader}`;
    last.delete(cell); // so that it stands at its own place among the others
    last.set(cell, toggle);
  }
  return [...last.values()];
}

/**
 * Finds the secrets and the keys that are meant. Errors: `not-found`, `cannot-encrypt` (no rule), `ambiguous`,
 * `bad-recipient`, those of the rule.
 */
export function meantToggles(
  repository: Repository,
  toggles: readonly ReaderToggle[],
): Outcome<readonly MeantToggle[]> {
  const secrets = new Map(repository.secrets.map((secret) => [secret.id, secret]));
  const known = new Map<string, readonly RecipientOffer[]>();
  const meant: MeantToggle[] = [];
  for (const toggle of lastOfEach(toggles)) {
    const { secret: where, reader, to } = toggle;
    const secret = secrets.get(where);
    if (secret === undefined) return fail('not-found', `no secret called ${where}`);
    if (secret.ruleProblem) return { ok: false, error: { where, ...secret.ruleProblem } };
    const { rule } = secret;
    if (rule === undefined) {
      const hint = 'add it to the rules file first';
      return fail('cannot-encrypt', 'no rule says who may read it', { where, hint });
    }
    const offers = known.has(rule.rulesFile)
      ? ok(known.get(rule.rulesFile) ?? [])
      : offeredReaders(repository, rule);
    if (!offers.ok) return offers;
    known.set(rule.rulesFile, offers.value);
    const chosen = readerOffers(repository, offers.value, reader);
    if (!chosen.ok) return chosen;
    const all = to === 'grant' ? chosen.value : withEveryKey(repository, offers.value, reader, chosen.value);
    meant.push({ ...toggle, entry: { ...secret, rule }, offers: all, keys: keysOf(all) });
  }
  return ok(meant);
}

/** Who is to read a secret when all toggles of its cells are done, one after the other, and nothing else. */
export function readersAsAsked(
  { id, declared }: Secret,
  meant: readonly MeantToggle[],
): ReadonlySet<RecipientId> {
  const wanted = new Set(declared);
  for (const { keys, to } of meant.filter(({ entry }) => entry.id === id)) {
    for (const key of keys) {
      if (to === 'grant') wanted.add(key);
      else wanted.delete(key);
    }
  }
  return wanted;
}
