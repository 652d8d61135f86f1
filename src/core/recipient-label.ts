import type { Recipient } from './recipient.ts';
import type { Reader } from './repository.ts';

/** How to call a key in one place: the best name it was given, else `age1qz…8f3k` or `ssh-ed25519 …wKzQ`. Untrusted text. */
export function labelOf(recipient: Recipient): string {
  return recipient.names[0]?.text ?? shortKey(recipient.id);
}

/** The same for whoever sits before it: the user's own name goes first. */
export const calledBy = (recipient: Recipient): string => recipient.alias ?? labelOf(recipient);

/** What a reader is called before the user. Untrusted text. */
export const readerLabel = ({ alias, name }: Pick<Reader, 'alias' | 'name'>): string => alias ?? name;

/** The public key cut so that two of them are told apart at a glance. */
export function shortKey(key: string): string {
  const ssh = /^(\S+) \S*?(\S{4})$/.exec(key);
  if (ssh) return `${ssh[1]} …${ssh[2]}`;
  const characters = [...key];
  if (characters.length <= 16) return key;
  // Bech32: the last 1 ends the human-readable part (`age1`, `age1pq1`, `age1yubikey1`).
  const prefix = /^age1(?:[a-z0-9-]+1)?(?=[02-9ac-hj-np-z]+$)/.exec(key)?.[0] ?? '';
  return `${characters.slice(0, prefix.length + 2).join('')}…${characters.slice(-4).join('')}`;
}
