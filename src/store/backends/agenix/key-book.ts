import type { Recipient, RecipientId, RecipientName } from '../../../core/recipient.ts';
import { parseRecipient } from '../../../crypto/parse-recipient.ts';

const evidenceOrder = ['binding', 'attribute', 'pub-file', 'comment', 'identity'] as const;

/** All public keys of a repository: one entry per key, with every name that anybody gave it. */
export class KeyBook {
  readonly #byText = new Map<string, RecipientId>();
  readonly #byId = new Map<RecipientId, Recipient>();

  /** Enters a key as it is written in the rules; the same key in another spelling gets the same id. */
  add(text: string, names: readonly RecipientName[]): RecipientId {
    const known = this.#byText.get(text);
    const parsed = known === undefined ? parseRecipient(text) : undefined;
    const id = parsed?.id ?? known;
    if (id === undefined) throw new Error('a key without an id');
    const before = this.#byId.get(id) ?? parsed;
    if (before === undefined) throw new Error('a key that was never parsed');
    this.#byText.set(text, id);
    const all = [...before.names, ...(parsed?.names ?? []), ...names];
    this.#byId.set(id, all.length === 0 ? before : { ...before, names: distinct(all) });
    return id;
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
}

/** Best evidence first; the same name from two places stays once. */
function distinct(names: readonly RecipientName[]): readonly RecipientName[] {
  const sorted = [...names].sort((a, b) => evidenceOrder.indexOf(a.source) - evidenceOrder.indexOf(b.source));
  return [...new Map(sorted.reverse().map((name) => [name.text, name])).values()].reverse();
}
