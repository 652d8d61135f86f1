// Decrypts COUNT copies of one age file that is already in memory: the age format without any reading of files.
// `node … FILE IDENTITY COUNT`
import { readFileSync } from 'node:fs';
import { sideBySide } from '../../src/app/side-by-side.ts';
import { createKeyring } from '../../src/crypto/create-keyring.ts';
import { decryptFile } from '../../src/crypto/decrypt-file.ts';

const [file = '', identity = '', count = '0'] = process.argv.slice(2);
const bytes = readFileSync(file);
const keyring = createKeyring([{ origin: identity, bytes: readFileSync(identity) }]);
async function openAll(): Promise<void> {
  const decryptOne = async () => {
    const opened = await decryptFile(bytes, keyring, async () => null);
    if (!opened.ok) throw new Error(opened.error.says);
  };
  const copies = Array.from({ length: Number(count) });
  for await (const _ of sideBySide(copies, decryptOne));
}

void openAll();
