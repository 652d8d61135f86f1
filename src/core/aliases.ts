import { fail, type Outcome, ok } from './outcome.ts';
import type { Recipient, RecipientId } from './recipient.ts';
import { shortKey } from './recipient-label.ts';
import type { Problem, Reader, Repository } from './repository.ts';

/** The user's own names for keys. */
export interface Aliases {
  readonly names: ReadonlyMap<RecipientId, string>;
  readonly problems: readonly Problem[];
}

/** The repository with these names. Where an alias is also the name of another key, part of the key stands with it. */
export function withAliases(repository: Repository, { names, problems }: Aliases): Repository {
  if (names.size === 0 && problems.length === 0) return repository;
  const owners = ownersOf(repository, names);
  const aliasOf = (id: RecipientId): string | undefined => {
    const name = names.get(id);
    const isShared = name !== undefined && [...(owners.get(name) ?? [])].some((other) => other !== id);
    return isShared ? `${name} (${shortKey(id)})` : name;
  };
  const recipients = new Map<RecipientId, Recipient>();
  for (const [id, recipient] of repository.recipients) {
    const alias = aliasOf(id);
    recipients.set(id, alias === undefined ? recipient : { ...recipient, alias });
  }
  // A key that has several names in the rules is several readers, who are told apart by those.
  const places = new Map<RecipientId, number>();
  for (const id of repository.readers.flatMap((reader) => reader.recipients))
    places.set(id, (places.get(id) ?? 0) + 1);
  const readers = repository.readers.map((reader): Reader => {
    const [id, ...others] = reader.recipients;
    const alias = id === undefined || others.length > 0 ? undefined : aliasOf(id);
    if (id === undefined || alias === undefined || alias === reader.name) return reader;
    return { ...reader, alias: (places.get(id) ?? 0) > 1 ? `${alias} (${reader.name})` : alias };
  });
  return {
    ...repository,
    recipients,
    readers,
    aliases: names,
    problems: [...repository.problems, ...problems],
  };
}

/** Whose name it is, by the rules or by the user. */
function ownersOf(
  { recipients, readers }: Repository,
  names: Aliases['names'],
): Map<string, Set<RecipientId>> {
  const owners = new Map<string, Set<RecipientId>>();
  const own = (name: string, id: RecipientId): void =>
    void owners.set(name, (owners.get(name) ?? new Set()).add(id));
  for (const [id, name] of names) own(name, id);
  for (const { id, names: given } of recipients.values()) for (const { text } of given) own(text, id);
  for (const { name, recipients: keys } of readers) for (const id of keys) own(name, id);
  return owners;
}

/** The keys that the user calls so. */
export const aliasedKeys = ({ aliases }: Repository, name: string): readonly RecipientId[] =>
  [...(aliases ?? [])].filter(([, alias]) => alias === name).map(([id]) => id);

/**
 * Words for readers with the user's own names replaced by the keys that they stand for. Error: `ambiguous`, where one is
 * that of several keys, or of another key in the rules.
 */
export function withoutAliases(repository: Repository, words: readonly string[]): Outcome<readonly string[]> {
  const keys: string[] = [];
  for (const word of words) {
    const [key, ...others] = aliasedKeys(repository, word);
    if (key === undefined) keys.push(word);
    else {
      const rivals = repository.readers.filter(
        ({ name, recipients }) =>
          (name === word || name.endsWith(`.${word}`)) && recipients.some((id) => id !== key),
      );
      if (others.length + rivals.length > 0)
        return fail('ambiguous', `${word} is a name of several keys, by the rules or by your aliases`, {
          hint: 'give the public key itself',
        });
      keys.push(key);
    }
  }
  return ok(keys);
}
