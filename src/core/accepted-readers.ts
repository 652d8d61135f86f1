import type { UnseenRecipient } from './plan.ts';
import type { Recipient, RecipientId } from './recipient.ts';

/** A key that somebody accepted as a reader of one repository. */
export interface AcceptedReader {
  readonly key: RecipientId;
  /** What it was called; a name that stands for another key later is no news of this one. */
  readonly names: readonly string[];
  /** The rules no longer name it, so that it has to be accepted again where it comes back. */
  readonly isGone: boolean;
}

export interface UnseenReader extends UnseenRecipient {
  /** A name of it stood for another key. */
  readonly isRenamed: boolean;
  /** It was one before, and was taken out. */
  readonly isBack: boolean;
}

/** What is known of one of these keys that nobody accepted; `null` for one that somebody did. */
export function unseenReader(
  accepted: readonly AcceptedReader[],
  id: RecipientId,
  recipient: Recipient | undefined,
): UnseenReader | null {
  const known = accepted.find(({ key }) => key === id);
  if (known?.isGone === false) return null;
  const taken = accepted.flatMap(({ key, names }) => (key === id ? [] : names));
  const isRenamed = namesOf(recipient).some((name) => taken.includes(name));
  return { id, taken, isRenamed, isBack: known !== undefined };
}

export interface Acceptance {
  /** Before; `null` where nothing was ever accepted. */
  readonly accepted: readonly AcceptedReader[] | null;
  /** Those whom the rules name. */
  readonly ruled: ReadonlySet<RecipientId>;
  /** Whether whoever is not among those is named by no rule. */
  readonly isWhole: boolean;
  /** Accepted now. */
  readonly written: readonly RecipientId[];
  readonly recipients: ReadonlyMap<RecipientId, Recipient>;
}

/**
 * Who counts as accepted after a write, sorted: at the first one all whom the rules name. Whom they name no more is
 * kept as gone, with the names that it had.
 */
export function acceptedAfter({
  accepted,
  ruled,
  isWhole,
  written,
  recipients,
}: Acceptance): AcceptedReader[] {
  const before = new Map((accepted ?? []).map((reader) => [reader.key, reader]));
  const now = new Set([...written, ...(accepted === null ? ruled : [])]);
  return [...new Set([...before.keys(), ...now])].sort().map((key) => {
    const old = before.get(key);
    const isRuled = now.has(key) || (old?.isGone === false && (ruled.has(key) || !isWhole));
    const names = isRuled ? namesOf(recipients.get(key)) : [];
    return { key, names: names.length > 0 ? names : (old?.names ?? []), isGone: !isRuled };
  });
}

/** What a person types of `hosts.web1`. */
export const lastName = (name: string): string => name.slice(name.lastIndexOf('.') + 1);

/** Many keys share a comment (`root@nixos`), which is why those are no names here. */
const namesOf = (recipient: Recipient | undefined): readonly string[] => [
  ...new Set(
    (recipient?.names ?? []).filter(({ source }) => source !== 'comment').map(({ text }) => lastName(text)),
  ),
];
