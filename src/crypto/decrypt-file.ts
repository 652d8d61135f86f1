import { fail, type Outcome, ok } from '../core/outcome.ts';
import { decodeArmor, looksArmored } from './age/armor.ts';
import { fileKeyLength } from './age/file-key.ts';
import { openFile } from './age/open-file.ts';
import { isGrease, readHeader } from './age/read-header.ts';
import type { AskPassphrase, Keyring } from './keyring.ts';

/**
 * The plaintext of an age file, armored or binary. Nothing is given out before all of it has proved authentic. The
 * bytes belong to the caller, who overwrites them. Errors: those of `Keyring.openFileKey`; `damaged`, `refused` and
 * `unsupported` as in `parseHeader`.
 */
export async function decryptFile(
  file: Uint8Array,
  keyring: Keyring,
  ask: AskPassphrase,
): Promise<Outcome<Uint8Array>> {
  const binary = looksArmored(file) ? decodeArmor(file) : ok(file);
  if (!binary.ok) return binary;
  const header = readHeader(binary.value);
  if (!header.ok) return header;
  const stanzas = header.value.stanzas.filter((stanza) => !isGrease(stanza));
  const fileKey = await keyring.openFileKey(stanzas, ask);
  if (!fileKey.ok) return fileKey;
  try {
    if (fileKey.value.length !== fileKeyLength) return fail('damaged', 'the file key has the wrong length');
    return openFile(binary.value, header.value, fileKey.value);
  } finally {
    fileKey.value.fill(0);
  }
}
