import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { generateSshKey } from '../src/app/demo/generate-ssh-key.ts';
import { encryptFile } from '../src/crypto/encrypt-file.ts';
import { parseRecipient } from '../src/crypto/parse-recipient.ts';

const hosts = 120;
const readers = 100;
/** Different sets of readers: so many files are encrypted, the others are copies. Nothing here is ever decrypted. */
const sets = 20;
const secretsOfModule = 50;

/** A repository of this many secrets with 100 readers each, and NixOS modules that name them all. Gives its root. */
export async function generateManyReaders(root: string, secrets: number): Promise<string> {
  const keys = Array.from({ length: hosts }, (_, index) => generateSshKey(`root@host${index}`).publicLine);
  const membersOf = (set: number) => Array.from({ length: readers }, (_, index) => (set * 3 + index) % hosts);
  for (const directory of ['.git', 'hosts', 'sets'])
    mkdirSync(path.join(root, directory), { recursive: true });
  for (let set = 0; set < sets; set += 1) {
    const recipients = membersOf(set).map((member) => parseRecipient(keys[member] ?? ''));
    const file = await encryptFile(Buffer.from('not-real'), recipients, { armor: false });
    if (!file.ok) throw new Error(file.error.says);
    writeFileSync(path.join(root, `sets/${set}.age`), file.value);
  }
  const ids = Array.from(
    { length: secrets },
    (_, index) => `secrets/group${index % 50}/service-${index}.age`,
  );
  for (const [index, id] of ids.entries()) {
    if (index < 50) mkdirSync(path.join(root, path.dirname(id)), { recursive: true });
    copyFileSync(path.join(root, `sets/${index % sets}.age`), path.join(root, id));
  }
  const entries = [
    ...ids.map((id, index) => `  "${id}".publicKeys = set${index % sets};`),
    ...Array.from({ length: sets }, (_, set) => `  "sets/${set}.age".publicKeys = set${set};`),
  ];
  const bindings = [
    ...keys.map((key, index) => `  host${index} = "${key}";`),
    ...Array.from(
      { length: sets },
      (_, set) =>
        `  set${set} = [ ${membersOf(set)
          .map((member) => `host${member}`)
          .join(' ')} ];`,
    ),
  ];
  writeFileSync(path.join(root, 'secrets.nix'), ['let', ...bindings, 'in {', ...entries, '}', ''].join('\n'));
  for (let first = 0; first < ids.length; first += secretsOfModule) {
    const declared = ids
      .slice(first, first + secretsOfModule)
      .map((id, index) => `  age.secrets.s${first + index} = { file = ../${id}; mode = "0400"; };`);
    writeFileSync(
      path.join(root, `hosts/h${first}.nix`),
      ['{ config, ... }: {', ...declared, '}', ''].join('\n'),
    );
  }
  writeFileSync(path.join(root, '.git/HEAD'), 'ref: refs/heads/main\n');
  return root;
}
