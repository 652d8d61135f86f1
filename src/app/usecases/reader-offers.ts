import { findReader } from '../../core/matrix.ts';
import { type Outcome, ok } from '../../core/outcome.ts';
import type { RecipientId } from '../../core/recipient.ts';
import type { Repository } from '../../core/repository.ts';
import { quoteNix } from '../../store/nix/edit/nix-name.ts';
import { chooseReaders, keysOf, type RecipientOffer } from './choose-readers.ts';

/**
 * Whom a name means, and how an entry is written with them: as the rules call them; else, for a reader whom the rules
 * call by no name in scope, by each of the keys. Errors: those of `chooseReaders`.
 */
export function readerOffers(
  repository: Repository,
  offers: readonly RecipientOffer[],
  name: string,
): Outcome<readonly RecipientOffer[]> {
  const chosen = chooseReaders(offers, [name]);
  const reader = findReader(repository, name);
  if (chosen.ok || chosen.error.code === 'ambiguous' || reader === undefined) return chosen;
  return ok(reader.recipients.map((id) => offerOf(offers, id)));
}

/** All keys under a name: who loses access loses it by each of them. */
export function withEveryKey(
  repository: Repository,
  offers: readonly RecipientOffer[],
  name: string,
  chosen: readonly RecipientOffer[],
): readonly RecipientOffer[] {
  const covered = new Set(keysOf(chosen));
  const others = (findReader(repository, name)?.recipients ?? []).filter((id) => !covered.has(id));
  return [...chosen, ...others.map((id) => offerOf(offers, id))];
}

function offerOf(offers: readonly RecipientOffer[], id: RecipientId): RecipientOffer {
  const known = offers.find((offer) => offer.kind === 'key' && keysOf([offer]).includes(id));
  return known ?? { text: quoteNix(id), kind: 'key', keys: [id], uses: 0 };
}
