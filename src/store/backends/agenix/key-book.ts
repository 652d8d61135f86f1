import type { Recipient, RecipientId, RecipientName } from '../../../core/recipient.ts';
import { parseRecipient } from '../../../crypto/parse-recipient.ts';

const evidenceOrder = ['binding', 'attribute', 'pub-file', 'host-key', 'comment', 'identity'] as const;
const rank = ({ source }: RecipientName): number => evidenceOrder.indexOf(source);

/** Nobody calls one key by more names; a hostile file might. */
const maxNames = 32;

/** All public keys of a repository: one entry per key, with every name that anybody gave it. */
export class KeyBook {
  readonly #byText = new Map<string, RecipientId>();
  readonly #byId = new Map<RecipientId, Recipient>();

  /** Enters a key as it is written in the rules; the same key in another spelling gets the same id. */
  add(text: string, names: readonly RecipientName[]): RecipientId {
    const known = this.#byText.get(text);
    const before = known === undefined ? undefined : this.#byId.get(known);
    if (before !== undefined) {
      this.#addNames(before, names);
      return before.id;
    }
    const parsed = parseRecipient(text);
    this.#byText.set(text, parsed.id);
    const same = this.#byId.get(parsed.id);
    if (same === undefined) this.#byId.set(parsed.id, parsed);
    this.#addNames(same ?? parsed, [...(same === undefined ? [] : parsed.names), ...names]);
    return parsed.id;
  }

  /** The id of a text that was added before. */
  idOf(text: string): RecipientId | undefined {
    return this.#byText.get(text);
  }

  recipient(id: RecipientId): Recipient | undefined {
    return this.#byId.get(id);
  }

  recipients(): ReadonlyMap<RecipientId, Recipient> {
    return this.#byId;
  }

  #addNames(recipient: Recipient, names: readonly RecipientName[]): void {
    const news = names.filter((name) => !recipient.names.some((old) => isAsGood(old, name)));
    if (news.length === 0 || recipient.names.length >= maxNames) return;
    this.#byId.set(recipient.id, { ...recipient, names: distinct([...recipient.names, ...news]) });
  }
}

function isAsGood(old: RecipientName, name: RecipientName): boolean {
  return old.text === name.text && rank(old) <= rank(name);
}

/** Best evidence first; the same name from two places stays once. */
function distinct(names: readonly RecipientName[]): readonly RecipientName[] {
  const sorted = [...names].sort((a, b) => rank(a) - rank(b));
  return [...new Map(sorted.reverse().map((name) => [name.text, name])).values()].reverse();
}
