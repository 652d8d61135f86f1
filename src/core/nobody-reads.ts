import type { IdentityStatus } from './identity-status.ts';
import type { RecipientId } from './recipient.ts';

/**
 * Whether none of the keys here could open a file for these readers. A key whose public half cannot be known without
 * its passphrase may be among them, so then the answer is no.
 */
export function nobodyReads(readers: readonly RecipientId[], identities: readonly IdentityStatus[]): boolean {
  return identities
    .filter(({ lock }) => lock !== 'unusable')
    .every(({ recipient }) => recipient !== undefined && !readers.includes(recipient));
}
