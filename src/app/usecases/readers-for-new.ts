import { type Outcome, ok } from '../../core/outcome.ts';
import type { RecipientId } from '../../core/recipient.ts';
import type { Repository } from '../../core/repository.ts';
import type { SecretId } from '../../core/secret.ts';
import { keysOf, offeredReaders, type RecipientOffer, sameReaders } from './choose-readers.ts';
import { type RulePlace, ruleKey } from './rule-place.ts';

/** A reader or a group that a new secret can be for. */
export interface OfferedReader {
  /** What `prepareNew` finds it by. */
  readonly name: string;
  readonly kind: RecipientOffer['kind'];
  readonly keys: readonly RecipientId[];
  /** How many rules name it. */
  readonly uses: number;
  /** One of those who read the secret that it is to be like. */
  readonly isLike: boolean;
}

/** Who a new secret can be for: first those who read another one, then the most used. Errors: those of reading rules. */
export function readersForNew(
  repository: Repository,
  place: RulePlace,
  like: SecretId | null,
): Outcome<readonly OfferedReader[]> {
  const offers = offeredReaders(repository, place);
  if (!offers.ok) return offers;
  const same = readersOf(repository, place, like);
  if (!same.ok) return same;
  const isSame = new Set(same.value.map(({ text }) => text));
  const others = offers.value.filter(({ text, keys }) => !isSame.has(text) && keys.length > 0);
  const known = new Set(offers.value.map(({ text }) => text));
  const offered = (offer: RecipientOffer, isLike: boolean): OfferedReader => {
    const { text, kind, keys, uses } = offer;
    // What the rules have no name for is found by its key.
    const name = known.has(text) ? text : (keys[0] ?? text);
    return { name, kind, keys: keysOf([offer]), uses, isLike };
  };
  return ok([
    ...same.value.map((offer) => offered(offer, true)),
    ...others.map((one) => offered(one, false)),
  ]);
}

function readersOf(
  repository: Repository,
  place: RulePlace,
  like: SecretId | null,
): Outcome<readonly RecipientOffer[]> {
  const secret = repository.secrets.find(({ id }) => id === like);
  const rules = repository.rules.find(({ path }) => path === secret?.rule?.rulesFile);
  if (!secret?.rule || !rules) return ok([]);
  const from = { rulesFile: rules.path, key: ruleKey(rules, secret.id) };
  return sameReaders(repository, from, place, secret.declared);
}
