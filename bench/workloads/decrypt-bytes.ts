// Decrypts COUNT copies of one age file that is already in memory: the age format without any reading of files.
// `node … FILE IDENTITY COUNT`
import { readFileSync } from 'node:fs';
import { createKeyring } from '../../src/crypto/create-keyring.ts';
import { decryptFile } from '../../src/crypto/decrypt-file.ts';

const [file = '', identity = '', count = '0'] = process.argv.slice(2);
const bytes = readFileSync(file);
const keyring = createKeyring([{ origin: identity, bytes: readFileSync(identity) }]);
async function openAll(): Promise<void> {
  for (let index = 0; index < Number(count); index += 1) {
    const opened = await decryptFile(bytes, keyring, async () => null);
    if (!opened.ok) throw new Error(opened.error.says);
  }
}

void openAll();
