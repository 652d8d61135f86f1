import { generateSshKey, type SshKeyPair } from '../../src/app/demo/generate-ssh-key.ts';
import { encryptFile } from '../../src/crypto/encrypt-file.ts';
import { parseRecipient } from '../../src/crypto/parse-recipient.ts';

/** A host or person of a test repository, with a fresh ssh-ed25519 key. */
export interface Member extends SshKeyPair {
  readonly name: string;
  /** The public key without its comment: its id in a repository snapshot. */
  readonly id: string;
}

export function member(name: string, comment = `${name}@laptop`): Member {
  const pair = generateSshKey(comment);
  return { name, ...pair, id: pair.publicLine.split(' ').slice(0, 2).join(' ') };
}

/** A real age file for these public keys. */
export async function encrypted(
  value: string | Uint8Array,
  keys: readonly (Member | string)[],
  armor = false,
): Promise<Uint8Array> {
  const recipients = keys.map((key) => parseRecipient(typeof key === 'string' ? key : key.publicLine));
  const file = await encryptFile(Buffer.from(value), recipients, { armor });
  if (!file.ok) throw new Error(file.error.says);
  return file.value;
}

/** Rules as people write them: one `let` name for each member, one line for each secret. */
export function rulesFor(
  members: readonly Member[],
  secrets: Readonly<Record<string, readonly Member[]>>,
): string {
  const bindings = members.map(({ name, publicLine }) => `  ${name} = "${publicLine}";`);
  const entries = Object.entries(secrets).map(
    ([path, readers]) => `  "${path}".publicKeys = [ ${readers.map((reader) => reader.name).join(' ')} ];`,
  );
  return ['let', ...bindings, 'in {', ...entries, '}', ''].join('\n');
}
