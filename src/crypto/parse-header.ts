import { type Outcome, ok } from '../core/outcome.ts';
import type { HeaderInfo } from '../core/stanza.ts';
import { decodeArmor, looksArmored } from './age/armor.ts';
import { isGrease, maxHeaderLength, readHeader } from './age/read-header.ts';
import { skimHeader } from './age/skim-header.ts';

/**
 * What the header of an age file tells without any key; grease is left out. Armored or binary; a prefix of the file
 * is enough as long as it holds the whole header. Errors: `damaged` (not age, malformed, truncated, a passphrase
 * stanza beside others), `unsupported` (another version), `refused` (beyond the limits of `readHeader`).
 * With `bodies` false the bodies are checked and left empty.
 */
export function parseHeader(file: Uint8Array, options = { bodies: true }): Outcome<HeaderInfo> {
  const armored = looksArmored(file);
  const binary = armored ? decodeArmor(file, maxHeaderLength + 1) : ok(file);
  if (!binary.ok) return binary;
  const skimmed = options.bodies ? null : skimHeader(binary.value);
  const header = skimmed === null ? readHeader(binary.value, options) : ok(skimmed);
  if (!header.ok) return header;
  const { stanzas, length } = header.value;
  return ok({ armored, stanzas: stanzas.filter((stanza) => !isGrease(stanza)), headerLength: length });
}
