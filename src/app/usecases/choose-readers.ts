import { lastName } from '../../core/accepted-readers.ts';
import { didYouMean } from '../../core/did-you-mean.ts';
import { firstFew } from '../../core/first-few.ts';
import { nearestNames } from '../../core/nearest-names.ts';
import { fail, type Outcome, ok } from '../../core/outcome.ts';
import type { RecipientId } from '../../core/recipient.ts';
import type { Repository } from '../../core/repository.ts';
import { parseRecipient } from '../../crypto/parse-recipient.ts';
import { withRules } from '../../store/backends/agenix/rewrite-rules.ts';
import { entryRecipients } from '../../store/nix/edit/entry-recipients.ts';
import { quoteNix } from '../../store/nix/edit/nix-name.ts';
import { recipientOffers } from '../../store/nix/edit/recipient-offers.ts';
import type { RecipientOffer } from '../../store/nix/edit/rules-change.ts';
import type { RulePlace } from './rule-place.ts';

export type { RecipientOffer };

/** The names and groups that a new entry can be written with, the most used first. Errors: those of reading rules. */
export const offeredReaders = (
  { root }: Repository,
  { rulesFile, key }: RulePlace,
): Outcome<readonly RecipientOffer[]> => withRules(root, rulesFile, (input) => recipientOffers(input, key));

/**
 * Those that are meant: as the rules write them (`hosts.web1`), by the last part of that when it is unique (`web1`), or a
 * public key. Errors: `not-found`, `ambiguous`, `bad-recipient`.
 */
export function chooseReaders(
  offers: readonly RecipientOffer[],
  names: readonly string[],
): Outcome<readonly RecipientOffer[]> {
  const chosen: RecipientOffer[] = [];
  for (const name of new Set(names)) {
    const one = chooseOne(offers, name);
    if (!one.ok) return one;
    chosen.push(one.value);
  }
  return ok(chosen);
}

function chooseOne(offers: readonly RecipientOffer[], name: string): Outcome<RecipientOffer> {
  const exact = offers.find(({ text }) => text === name);
  if (exact) return ok(exact);
  const [found, ...others] = offers.filter(({ text }) => text.endsWith(`.${name}`));
  if (found && others.length === 0) return ok(found);
  if (found) {
    const all = [found, ...others].map(({ text }) => text).join(', ');
    return fail('ambiguous', `${name} fits ${others.length + 1} readers`, { hint: `write one of ${all}` });
  }
  const key = parseRecipient(name);
  if (key.kind !== 'unsupported') {
    const known = offers.find(({ kind, keys: [own = ''] }) => kind === 'key' && idOf(own) === key.id);
    return ok(known ?? { text: quoteNix(name), kind: 'key', keys: [name], uses: 0 });
  }
  if (/^(age1|ssh-)/.test(name))
    return fail('bad-recipient', key.detail ?? 'not a public key', { where: name });
  const near = nearestNames(name.split('.'), offers, ({ text }) => text.split('.'), { starts: true });
  return fail('not-found', `the rules have no reader called ${name}`, {
    hint: didYouMean(near.map(({ text }) => text)) ?? hintOf(offers),
  });
}

/** By key: the name that somebody typed, or `null` where it was the key itself. */
export type NamedReaders = ReadonlyMap<RecipientId, string | null>;

/**
 * Whom somebody meant with a word that was found to be these. A group names nobody, since whoever writes the rules
 * decides who is in it.
 */
export function namedBy(word: string, [offer, ...others]: readonly RecipientOffer[]): NamedReaders {
  const [key, ...more] = offer ? keysOf([offer]) : [];
  if (offer?.kind !== 'key' || key === undefined || others.length + more.length > 0) return new Map();
  if (idOf(word) === key) return new Map([[key, null]]);
  const name = lastName(word);
  return lastName(offer.text) === name ? new Map([[key, name]]) : new Map();
}

/** Whom somebody named with these words. */
export const namedReaders = (offers: readonly RecipientOffer[], words: readonly string[]): NamedReaders =>
  new Map(
    words.flatMap((word) => {
      const one = chooseOne(offers, word);
      return one.ok ? [...namedBy(word, [one.value])] : [];
    }),
  );

/** For whoever must name readers and has not. */
export function hintOf(offers: readonly RecipientOffer[]): string {
  const names = offers.map(({ text }) => text);
  return names.length === 0 ? 'name public keys with --to' : `the rules name ${firstFew(names, 12)}`;
}

const idOf = (key: string): RecipientId => parseRecipient(key).id;

/** The keys of these readers, each once. */
export const keysOf = (readers: readonly RecipientOffer[]): readonly RecipientId[] => [
  ...new Set(readers.flatMap(({ keys }) => keys.map(idOf))),
];

/**
 * The readers of one entry as another can be written with them: by the names that it uses where they are in scope, else
 * by those that fit, else by their keys. Errors: those of reading rules.
 */
export function sameReaders(
  { root, recipients }: Repository,
  from: RulePlace,
  to: RulePlace,
  readers: readonly RecipientId[],
): Outcome<readonly RecipientOffer[]> {
  return withRules(root, from.rulesFile, (input) => {
    const offers = recipientOffers(input, to.key);
    if (!offers.ok) return offers;
    const written = entryRecipients(input, from.key);
    if (!written.ok) return written;
    const left = new Set(readers);
    const chosen: RecipientOffer[] = [];
    const take = (offer: RecipientOffer): void => {
      const ids = offer.keys.map(idOf);
      if (ids.length === 0 || !ids.every((id) => left.has(id))) return;
      for (const id of ids) left.delete(id);
      chosen.push(offer);
    };
    for (const text of written.value) {
      const offer = offers.value.find((one) => one.text === text);
      if (offer) take(offer);
    }
    for (const offer of offers.value.toSorted((one, other) => other.keys.length - one.keys.length))
      take(offer);
    for (const id of left) {
      const text = recipients.get(id)?.id ?? id;
      chosen.push({ text: quoteNix(text), kind: 'key', keys: [text], uses: 0 });
    }
    return ok(chosen);
  });
}
