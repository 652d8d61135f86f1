/** Words that say what a value is and not whose it is. */
const generic = new Set(
  'age agekey agepubkey default ed25519 host hostkey key keys primary pub pubkey pubkeys public publickey publickeys recipient recipients rsa ssh sshkey sshkeys sshpublickey sshpubkey system text user userkey value x25519'.split(
    ' ',
  ),
);

export const isGenericName = (part: string): boolean => generic.has(part.toLowerCase().replace(/[-_.]/g, ''));

/** The last part of an attribute path that says whose: `web1` of `hosts.web1.publicKey`. */
export const tellingName = (path: readonly string[]): string | null =>
  path.findLast((part) => !isGenericName(part)) ?? null;
