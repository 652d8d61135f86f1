import { Buffer } from 'node:buffer';
import { editRules } from '../../../src/store/nix/edit/edit-rules.ts';
import { recipientOffers } from '../../../src/store/nix/edit/recipient-offers.ts';
import type { RecipientOffer, RulesChange, RulesEdit } from '../../../src/store/nix/edit/rules-change.ts';
import type { RulesInput } from '../../../src/store/nix/read-rules.ts';
import { memoryFiles } from '../support/memory-files.ts';

export const alice = 'ssh-ed25519 AAAAC3alice alice@laptop';
export const bob = 'ssh-ed25519 AAAAC3bob bob@desk';
export const web1 = 'age1web1';
export const web2 = 'age1web2';

export const inputOf = (
  rules: string,
  others: Readonly<Record<string, string>> = {},
  name = 'secrets.nix',
): RulesInput => ({ root: '/r', rulesPath: `/r/${name}`, files: memoryFiles({ [name]: rules, ...others }) });

/** The offer of this text for an entry; a test that asks for one that is not there is wrong. */
export function offer(input: RulesInput, key: string, text: string): RecipientOffer {
  const offers = recipientOffers(input, key);
  const found = offers.ok ? offers.value.find((one) => one.text === text) : undefined;
  if (found === undefined) throw new Error(`${text} is not offered`);
  return found;
}

/** The text of the one file that the edit changes, or what was said instead. */
export function outcomeOf(edit: RulesEdit): string {
  if (!edit.ok) return `${edit.error.code}: ${edit.error.says}`;
  return edit.value.map(({ after }) => Buffer.from(after).toString()).join('\0');
}

export const edited = (
  rules: string,
  change: RulesChange,
  others: Readonly<Record<string, string>> = {},
): string => outcomeOf(editRules(inputOf(rules, others), change));

/** Adds an entry with recipients by the names that are offered for it. */
export function added(
  rules: string,
  key: string,
  recipients: readonly string[],
  more: { readonly armor?: boolean; readonly others?: Readonly<Record<string, string>> } = {},
): string {
  const input = inputOf(rules, more.others);
  const offers = recipients.map((text) => offer(input, key, text));
  const armor = more.armor === undefined ? {} : { armor: more.armor };
  return outcomeOf(editRules(input, { kind: 'add', key, recipients: offers, ...armor }));
}
