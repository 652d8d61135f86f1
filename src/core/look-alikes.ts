import { editDistance } from './edit-distance.ts';
import type { Recipient, RecipientId } from './recipient.ts';
import { labelOf, shortKey } from './recipient-label.ts';
import type { Repository } from './repository.ts';

/** Something about a key and the name for it that a person should look at twice. */
export interface KeyDoubt {
  /**
   * `known`: the repository has this key already · `like-key`: another key looks the same at a glance · `like-name`:
   * another reader's name does · `other-name`: what stands beside the key names another reader.
   */
  readonly kind: 'known' | 'like-key' | 'like-name' | 'other-name';
  readonly says: string;
}

/** Keys differ in half their characters by chance; in so few only when somebody made it so, or mistyped. */
const fewCharacters = 4;

/** How much of the beginning or the end people compare. */
const glance = 4;

export interface NewKey {
  readonly id: RecipientId;
  readonly kind: Recipient['kind'];
  /** What stands beside it: a comment, the host that was asked for it. */
  readonly beside: readonly string[];
}

/** What to look at twice before a key becomes that of `name`, the gravest first. */
export function keyDoubts(
  { recipients, readers }: Repository,
  key: NewKey,
  name: string,
): readonly KeyDoubt[] {
  const doubts: KeyDoubt[] = [];
  const doubt = (kind: KeyDoubt['kind'], says: string): void => void doubts.push({ kind, says });
  const known = recipients.get(key.id);
  if (known) {
    const names = readers.filter(({ recipients: own }) => own.includes(key.id)).map((reader) => reader.name);
    doubt('known', `the repository has this key already, as ${names.join(', ') || labelOf(known)}`);
  }
  for (const other of recipients.values()) {
    if (other.id === key.id || other.kind !== key.kind || !looksLike(key.id, other.id)) continue;
    doubt('like-key', `looks like the key of ${labelOf(other)} (${shortKey(other.id)}) and is another one`);
  }
  for (const reader of readers) {
    if (reader.name !== name && plainName(reader.name) === plainName(name))
      doubt('like-name', `there is a reader called ${reader.name}`);
  }
  const named = key.beside.flatMap(namesIn).filter((word) => plainName(word) !== plainName(name));
  const others = readers.filter((reader) => reader.name !== name && named.includes(reader.name));
  for (const reader of others)
    doubt('other-name', `what stands beside the key names ${reader.name}: ${key.beside.join(', ')}`);
  return doubts;
}

function looksLike(one: string, other: string): boolean {
  const [own, theirs] = [bodyOf(one), bodyOf(other)];
  if (own.length === theirs.length) {
    let differ = 0;
    for (let index = 0; index < own.length; index += 1) if (own[index] !== theirs[index]) differ += 1;
    if (differ <= fewCharacters) return true;
  } else if (editDistance(own, theirs) <= 2) return true;
  return own.slice(-glance) === theirs.slice(-glance) || own.slice(0, glance) === theirs.slice(0, glance);
}

/** What differs from key to key of a kind. */
const bodyOf = (id: string): string =>
  id.startsWith('age1') ? id.slice(id.lastIndexOf('1') + 1) : variable(id.slice(id.indexOf(' ') + 1));

/** Without the type and the exponent, which every ssh key of a kind begins with. */
const variable = (base64: string): string =>
  base64
    .replace(/^AAAAC3NzaC1lZDI1NTE5AAAAI|^AAAAB3NzaC1yc2EAAAADAQABAAA[A-Za-z0-9+/]{3}/, '')
    .replace(/=+$/, '');

/** `Web-1` and `web1` are one name to whoever reads it. */
const plainName = (name: string): string =>
  name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');

/** Who may be meant by `root@web1.example.org`. */
const namesIn = (text: string): readonly string[] =>
  text
    .split(/[\s@,]+/)
    .flatMap((word) => [word, word.split('.')[0] ?? ''])
    .filter((word) => word !== '');
