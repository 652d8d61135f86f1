import { type KeyDoubt, keyDoubts } from '../../core/look-alikes.ts';
import { findReader } from '../../core/matrix.ts';
import { noSuchReader } from '../../core/no-such-reader.ts';
import { fail, type Outcome, ok } from '../../core/outcome.ts';
import type { Recipient, RecipientId } from '../../core/recipient.ts';
import type { Repository } from '../../core/repository.ts';
import type { SecretId } from '../../core/secret.ts';
import type { GivenKey } from '../../crypto/given-key.ts';
import { parseRecipient } from '../../crypto/parse-recipient.ts';
import type { ReaderChange } from '../../store/nix/readers/reader-change.ts';
import type { NamedReaders } from './choose-readers.ts';

/** What somebody asks to become of a reader. Names are as the rules call them. */
export type ReaderRequest =
  | {
      readonly kind: 'add';
      readonly name: string;
      readonly key: GivenKey;
      readonly group: string | null;
      /** The reader that it is written beside; `null` for one of its kind. */
      readonly beside: string | null;
      readonly secrets: readonly SecretId[];
    }
  | { readonly kind: 'join' | 'leave'; readonly name: string; readonly group: string }
  | {
      readonly kind: 'replace';
      readonly name: string;
      readonly key: GivenKey;
      /** Which of several keys goes. */
      readonly instead: string | null;
    }
  | { readonly kind: 'rename'; readonly name: string; readonly to: string }
  | { readonly kind: 'remove'; readonly name: string };

export interface MeantReader {
  readonly change: ReaderChange;
  readonly label: string;
  /** Keys that are meant to gain or lose files. */
  readonly keys: readonly RecipientId[];
  /** Keys that are to open nothing any more. */
  readonly gone: readonly RecipientId[];
  readonly doubts: readonly string[];
  readonly notes: readonly string[];
  /** The key that is new, under the name it gets. */
  readonly fresh: readonly Recipient[];
  /** To whom something is to be given by name or key. */
  readonly named: NamedReaders;
}

/**
 * Who and what is meant by a request, in a repository with all readers that the rules write down. Errors: `not-found`,
 * `ambiguous`, `usage`, `cannot-encrypt`.
 */
export function meantReader(repository: Repository, request: ReaderRequest): Outcome<MeantReader> {
  const { name } = request;
  if (request.kind === 'add') return added(repository, request);
  const keys = keysOfName(repository, name);
  if (!keys.ok) return keys;
  const ids = keys.value;
  const plain = { keys: ids, gone: [], doubts: [], notes: [], fresh: [], named: new Map() };
  switch (request.kind) {
    case 'join': {
      const [id, ...others] = ids;
      if (id === undefined || others.length > 0)
        return fail('ambiguous', `${name} has ${ids.length} keys, and a list takes one at a time`);
      const label = `reader add ${name} to ${request.group}`;
      const named = new Map([[id, name]]);
      return ok({ ...plain, named, label, change: { kind: 'join', name, id, group: request.group } });
    }
    case 'leave':
      return ok({
        ...plain,
        label: `reader remove ${name} from ${request.group}`,
        change: { kind: 'leave', name, ids, group: request.group },
      });
    case 'replace':
      return replaced(repository, request, ids);
    case 'rename': {
      const { to } = request;
      if (to === '') return fail('usage', 'a reader needs a name');
      if (isTaken(repository, to)) return fail('usage', `there is a reader called ${to} already`);
      const label = `reader rename ${name} ${to}`;
      return ok({ ...plain, keys: [], label, change: { kind: 'rename', from: name, to, ids } });
    }
    case 'remove':
      return ok({
        ...plain,
        gone: ids,
        label: `reader remove ${name}`,
        change: { kind: 'remove', name, ids },
      });
  }
}

function added(
  repository: Repository,
  { name, key, group, beside, secrets }: Extract<ReaderRequest, { kind: 'add' }>,
): Outcome<MeantReader> {
  if (isTaken(repository, name)) {
    const hint = `keyhole reader replace ${name} gives it another key, keyhole grant ${name} more secrets`;
    return fail('usage', `there is a reader called ${name} already`, { hint });
  }
  const doubts = doubtsOf(repository, key, name);
  const known = doubts.find(({ kind }) => kind === 'known');
  if (known)
    return fail('usage', known.says, { hint: 'keyhole grant gives secrets to a reader who is there' });
  const entries: { rulesPath: string; key: string }[] = [];
  for (const id of secrets) {
    const rule = repository.secrets.find((one) => one.id === id)?.rule;
    if (rule === undefined) return fail('cannot-encrypt', 'no rule says who may read it', { where: id });
    entries.push({ rulesPath: rule.rulesFile, key: rule.key });
  }
  const neighbours = beside === null ? ok(likeliest(repository, key)) : keysOfName(repository, beside);
  if (!neighbours.ok) return neighbours;
  const given = { id: key.recipient.id, text: key.text };
  return ok({
    change: { kind: 'add', name, key: given, beside: neighbours.value, group, entries },
    label: `reader add ${name}`,
    keys: [key.recipient.id],
    gone: [],
    doubts: doubts.map(({ says }) => says),
    notes: [sayKey(name, key)],
    fresh: [called(name, key)],
    named: new Map([[key.recipient.id, null]]),
  });
}

function replaced(
  repository: Repository,
  { name, key, instead }: Extract<ReaderRequest, { kind: 'replace' }>,
  ids: readonly RecipientId[],
): Outcome<MeantReader> {
  const wanted = instead === null ? null : parseRecipient(instead).id;
  const olds = wanted === null ? ids : ids.filter((id) => id === wanted);
  const [old, ...others] = olds;
  if (old === undefined) return fail('not-found', `that is no key of ${name}`, { hint: ids.join(', ') });
  if (others.length > 0)
    return fail('ambiguous', `${name} has ${ids.length} keys`, {
      hint: `--instead KEY says which goes: ${ids.join(', ')}`,
    });
  const { id } = key.recipient;
  if (id === old) return fail('usage', `that is the key of ${name} already`);
  const doubts = doubtsOf(repository, key, name);
  const known = doubts.find(({ kind }) => kind === 'known');
  if (known) return fail('usage', known.says);
  return ok({
    change: { kind: 'replace', name, old, key: { id, text: key.text } },
    label: `reader replace ${name}`,
    keys: [old, id],
    gone: [old],
    doubts: doubts.map(({ says }) => says),
    notes: [sayKey(name, key)],
    fresh: [called(name, key)],
    named: new Map([[key.recipient.id, null]]),
  });
}

const doubtsOf = (
  repository: Repository,
  { recipient, comment, hosts }: GivenKey,
  name: string,
): readonly KeyDoubt[] =>
  keyDoubts(
    repository,
    { id: recipient.id, kind: recipient.kind, beside: [comment, ...hosts].filter(Boolean) },
    name,
  );

const called = (name: string, { recipient }: GivenKey): Recipient => ({
  ...recipient,
  names: [{ text: name, source: 'binding' }],
});

/** What somebody compares with what the host itself says. */
const sayKey = (name: string, { recipient, comment, fingerprint }: GivenKey): string =>
  `key of ${name}: ${[recipient.kind, fingerprint ?? recipient.id, comment].filter(Boolean).join(' ')}`;

const isTaken = ({ readers }: Repository, name: string): boolean =>
  readers.some((reader) => reader.name === name);

function keysOfName(repository: Repository, name: string): Outcome<readonly RecipientId[]> {
  const reader = findReader(repository, name);
  return reader === undefined ? noSuchReader(repository, name) : ok(reader.recipients);
}

/** Keys of readers of the kind that the comment, or the host that was asked for it, speaks of. */
function likeliest({ readers }: Repository, { comment, hosts }: GivenKey): readonly RecipientId[] {
  const isHost = hosts.length > 0 || comment.startsWith('root@');
  const kind = isHost ? 'host' : comment === '' ? 'unknown' : 'person';
  return readers.filter((reader) => reader.kind === kind).flatMap(({ recipients }) => recipients);
}
