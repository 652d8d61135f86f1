import type { Stanza } from '../core/stanza.ts';

/** Their first argument names the key; what else the others have is new with every encryption. */
const tagged = new Set(['ssh-ed25519', 'ssh-rsa', 'piv-p256', 'tpm-ecc']);

const readerOf = ({ type, args }: Stanza): string => (tagged.has(type) ? `${type} ${args[0]}` : type);

/** Whether two headers are for the same readers, as far as headers tell. */
export function sameReaders(before: readonly Stanza[], now: readonly Stanza[]): boolean {
  if (before.length !== now.length) return false;
  const readers = before.map(readerOf).sort();
  const others = now.map(readerOf).sort();
  return readers.every((reader, index) => reader === others[index]);
}
