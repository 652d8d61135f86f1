import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { generateSshKey } from '../src/app/demo/generate-ssh-key.ts';
import { encryptFile } from '../src/crypto/encrypt-file.ts';
import { generateX25519 } from '../src/crypto/generate-identity.ts';
import { parseRecipient } from '../src/crypto/parse-recipient.ts';

export interface RepositoryShape {
  readonly secrets: number;
  /** Hosts besides you; every secret is encrypted to you and to `readersEach` of them. */
  readonly hosts: number;
  readonly readersEach: number;
  /** Your own key. */
  readonly identity: 'ssh-ed25519' | 'x25519';
  /** Bytes of each value. */
  readonly size: number;
}

export interface GeneratedRepository {
  readonly root: string;
  readonly identityFile: string;
  /** Ids of the secrets in the order of the rules. */
  readonly ids: readonly string[];
}

/** Writes a repository of this shape into `directory`: invented values, fresh keys, no history. */
export async function generateRepository(
  directory: string,
  shape: RepositoryShape,
): Promise<GeneratedRepository> {
  const root = path.join(directory, 'repository');
  const you = shape.identity === 'x25519' ? nativeKey() : sshKey('you@bench');
  const hosts = Array.from({ length: shape.hosts }, (_, index) => sshKey(`root@host${index}`).recipient);
  const value = Buffer.from('not-real '.repeat(Math.ceil(shape.size / 9)).slice(0, shape.size));

  const rules: string[] = [];
  const ids: string[] = [];
  for (let index = 0; index < shape.secrets; index += 1) {
    const id = `secrets/group${String(index % 97).padStart(2, '0')}/service-${index}-password.age`;
    const readers = Array.from(
      { length: shape.readersEach },
      (_, offset) => (index * 7 + offset) % shape.hosts,
    );
    const recipients = [you.recipient, ...readers.map((reader) => hosts[reader] ?? '')].map(parseRecipient);
    const file = await encryptFile(value, recipients, { armor: false });
    if (!file.ok) throw new Error(file.error.says);
    const target = path.join(root, id);
    if (index < 97) mkdirSync(path.dirname(target), { recursive: true });
    writeFileSync(target, file.value);
    rules.push(`  "${id}".publicKeys = [ you ${readers.map((reader) => `host${reader}`).join(' ')} ];`);
    ids.push(id);
  }

  const bindings = hosts.map((recipient, index) => `  host${index} = "${recipient}";`);
  writeFileSync(
    path.join(root, 'secrets.nix'),
    ['let', `  you = "${you.recipient}";`, ...bindings, 'in', '{', ...rules, '}', ''].join('\n'),
  );
  mkdirSync(path.join(root, '.git'));
  writeFileSync(path.join(root, '.git/HEAD'), 'ref: refs/heads/main\n');
  const identityFile = path.join(directory, 'identity');
  writeFileSync(identityFile, you.identity, { mode: 0o600 });
  return { root, identityFile, ids };
}

function sshKey(comment: string): { recipient: string; identity: string } {
  const pair = generateSshKey(comment);
  return { recipient: pair.publicLine, identity: pair.privateFile };
}

function nativeKey(): { recipient: string; identity: string } {
  const { identity, recipient } = generateX25519();
  return { recipient: recipient.id, identity: Buffer.from(identity).toString() };
}
