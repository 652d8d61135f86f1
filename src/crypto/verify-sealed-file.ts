import { fail, type Outcome, ok } from '../core/outcome.ts';
import type { Recipient } from '../core/recipient.ts';
import { decodeArmor, looksArmored } from './age/armor.ts';
import { openFile } from './age/open-file.ts';
import { readHeader } from './age/read-header.ts';
import { compareRecipients } from './compare-recipients.ts';

/** What an age file must turn out to be. */
export interface Expected {
  readonly plaintext: Uint8Array;
  readonly recipients: readonly Recipient[];
  readonly armored: boolean;
  readonly fileKey: Uint8Array;
}

const broken = (says: string): Outcome<never> =>
  fail('damaged', `the encrypted file is not what was meant: ${says}`, { hint: 'nothing was replaced' });

/**
 * Proves of an age file, before it replaces another, that it is in the intended form, that it has one stanza for each
 * intended reader and none beside them as far as stanzas tell, and that its content is authentic and byte for byte what
 * was meant. Needs no private key: whoever wrote it still has the file key. Errors: `damaged`.
 */
export function verifySealedFile(file: Uint8Array, expected: Expected): Outcome<null> {
  if (looksArmored(file) !== expected.armored) return broken('armor');
  const binary = expected.armored ? decodeArmor(file) : ok(file);
  if (!binary.ok) return broken(binary.error.says);
  const header = readHeader(binary.value);
  if (!header.ok) return broken(header.error.says);
  const readers = new Set(expected.recipients.map(({ id }) => id)).size;
  const { verdict } = compareRecipients(expected.recipients, header.value.stanzas);
  if (header.value.stanzas.length !== readers || verdict === 'drift' || verdict === 'invalid') {
    return broken('its readers differ');
  }
  const opened = openFile(binary.value, header.value, expected.fileKey);
  if (!opened.ok) return broken(opened.error.says);
  const same = opened.value.equals(expected.plaintext);
  opened.value.fill(0);
  return same ? ok(null) : broken('its content differs');
}
