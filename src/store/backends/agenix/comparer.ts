import type { Comparison } from '../../../core/comparison.ts';
import type { RecipientId } from '../../../core/recipient.ts';
import type { Stanza } from '../../../core/stanza.ts';
import { compareRecipients } from '../../../crypto/compare-recipients.ts';
import type { KeyBook } from './key-book.ts';
import type { NameExtras } from './name-extras.ts';

/** What a header says beside its rule, and the stanzas it says it with. */
export interface Compared {
  readonly comparison: Comparison;
  /** Only what tells whether a key fits. */
  readonly stanzas: readonly Stanza[];
}

export type Compare = (declared: readonly RecipientId[], stanzas: readonly Stanza[]) => Compared;

const noBody = new Uint8Array(0);

/** Without bodies, and without arguments where they tell nobody anything: 10,000 secrets stay small. */
function slim({ type, args }: Stanza): Stanza {
  return anonymous.get(type) ?? { type, args, body: noBody };
}

const anonymous: ReadonlyMap<string, Stanza> = new Map(
  ['X25519', 'mlkem768x25519'].map((type) => [type, { type, args: [], body: noBody }]),
);

/**
 * Compares headers with rules. Secrets with the same readers get the very same answer, which is most of them: that
 * saves time, and memory with 10,000.
 *
 * @param book complete: a key that is entered later is not seen
 */
export function createComparer(book: KeyBook, nameExtras: NameExtras): Compare {
  const answers = new Map<readonly RecipientId[], Map<string, Compared>>();
  const compare: Compare = (declared, given) => {
    const stanzas = given.map(slim);
    const recipients = declared.map((key) => book.recipient(key)).filter((found) => found !== undefined);
    return { comparison: nameExtras(compareRecipients(recipients, stanzas), stanzas), stanzas };
  };
  return (declared, given) => {
    const sameness = samenessOf(given);
    if (sameness === null) return compare(declared, given);
    const known = answers.get(declared) ?? new Map<string, Compared>();
    const answer = known.get(sameness) ?? compare(declared, given);
    known.set(sameness, answer);
    answers.set(declared, known);
    return answer;
  };
}

/** What two headers with the same readers have in common; `null` where a stanza has an argument of its own. */
function samenessOf(stanzas: readonly Stanza[]): string | null {
  let text = '';
  for (const { type, args } of stanzas) {
    if (type === 'ssh-ed25519' || type === 'ssh-rsa') text += `${type} ${args[0]}\n`;
    else if (anonymous.has(type)) text += `${type}\n`;
    else return null;
  }
  return text;
}
