import type { Recipient, RecipientId, RecipientName } from '../../../core/recipient.ts';
import { labelOf } from '../../../core/recipient-label.ts';
import type { KindEvidence, Reader } from '../../../core/repository.ts';
import type { RulesGroup } from '../../nix/rules-reading.ts';
import type { KeyBook } from './key-book.ts';

type Kind = Reader['kind'];

/**
 * The hosts and people behind the keys. A reader is a name with all keys that carry it; a key with two names belongs
 * to two readers, since the rules say both. A comment counts only for a key without any other name.
 *
 * @param hosts what Nix files say of names that neither groups nor names tell of
 */
export function nameReaders(
  book: KeyBook,
  groups: readonly RulesGroup[],
  hosts: ReadonlyMap<string, KindEvidence> = new Map(),
): readonly Reader[] {
  const kinds = kindsByGroup(book, groups);
  const named = new Map<string, { recipients: RecipientId[]; kinds: Set<Kind> }>();
  for (const recipient of book.recipients().values()) {
    const kind = kinds.get(recipient.id) ?? kindByEvidence(recipient);
    for (const name of namesOf(recipient)) {
      const reader = named.get(name) ?? { recipients: [], kinds: new Set() };
      reader.recipients.push(recipient.id);
      if (kind !== 'unknown') reader.kinds.add(kind);
      named.set(name, reader);
    }
  }
  return [...named]
    .map(([name, { recipients, kinds }]): Reader => {
      const [kind = 'unknown'] = kinds.size === 1 ? kinds : [];
      const kindFrom = kinds.size === 0 ? (hosts.get(name) ?? hostKeyOf(book, recipients)) : undefined;
      return kindFrom ? { name, kind: 'host', recipients, kindFrom } : { name, kind, recipients };
    })
    .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}

function namesOf(recipient: Recipient): readonly string[] {
  const given = recipient.names.filter(({ source }) => !lesser.has(source));
  if (given.length > 0) return [...new Set(given.map((name) => name.text))];
  return [labelOf(recipient)];
}

/** Of these only the best counts, and only for a key without any other name. */
const lesser: ReadonlySet<RecipientName['source']> = new Set(['host-key', 'comment', 'identity']);

/** What says that the only key of a reader is a host's. */
function hostKeyOf(book: KeyBook, recipients: readonly RecipientId[]): KindEvidence | undefined {
  const [id, another] = recipients;
  if (id === undefined || another !== undefined) return undefined;
  const at = book.recipient(id)?.names.find(({ source }) => source === 'host-key')?.at;
  return at && { source: 'host-key', at: { file: at.file, line: at.line } };
}

/** What the rules say by their own group names; of several groups the smallest speaks for a key. */
function kindsByGroup(book: KeyBook, groups: readonly RulesGroup[]): ReadonlyMap<RecipientId, Kind> {
  const kinds = new Map<RecipientId, Kind>();
  const bySize = [...groups]
    .filter(({ kind }) => kind !== 'unknown')
    .sort((a, b) => b.texts.length - a.texts.length);
  for (const { kind, texts } of bySize) {
    for (const text of texts) {
      const id = book.idOf(text);
      if (id !== undefined) kinds.set(id, kind);
    }
  }
  return kinds;
}

const hostPlace = /(^|\/)(hosts?|machines?|systems?|servers?|nodes?)(\/|$)|ssh_host_/i;
const personPlace = /(^|\/)(users?|people|persons?|admins?|home)(\/|$)/i;
const prefixedName = /^(?:(host|machine|system|server)|user|admin|person)[_-]/i;

/** `hosts/db1/key.pub` and `host_db1` are a host's, and `root@db1` is what ssh-keygen writes into a host key. */
function kindByEvidence(recipient: Recipient): Kind {
  for (const { source, text, at } of recipient.names) {
    if (source === 'comment') {
      if (text.startsWith('root@')) return 'host';
      continue;
    }
    const prefixed = prefixedName.exec(text);
    if (prefixed) return prefixed[1] === undefined ? 'person' : 'host';
    if (source !== 'pub-file' || at === undefined) continue;
    if (hostPlace.test(at.file)) return 'host';
    if (personPlace.test(at.file)) return 'person';
  }
  return 'unknown';
}
