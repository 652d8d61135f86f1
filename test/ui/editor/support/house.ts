import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { openSession } from '../../../../src/app/open-session.ts';
import type { Session } from '../../../../src/app/session.ts';
import { createKeyring } from '../../../../src/crypto/create-keyring.ts';
import { decryptFile } from '../../../../src/crypto/decrypt-file.ts';
import { encrypted, type Member, member, rulesFor } from '../../../support/agenix-repository.ts';
import { gitRepository } from '../../../support/git-repository.ts';
import { temporaryDirectory } from '../../../support/temporary-directory.ts';

const alice = member('alice');
const bob = member('bob');

export interface House {
  readonly root: string;
  readonly session: Session;
  /** What alice's key finds in the file now. */
  readonly value: (name: string) => Promise<string>;
  readonly bytes: (name: string) => Buffer;
  /** Somebody else writes a value, past the program. */
  readonly put: (name: string, value: string, readers?: readonly Member[]) => Promise<void>;
  readonly rules: (readers: Readonly<Record<string, readonly Member[]>>) => void;
}

export const people = { alice, bob };

/** A real repository with these values, and the session of alice in it. */
export async function house(values: Readonly<Record<string, string | Uint8Array>>): Promise<House> {
  const root = path.join(temporaryDirectory(), 'repository');
  mkdirSync(root);
  const rulesOf = (readers: Readonly<Record<string, readonly Member[]>>): string =>
    rulesFor([alice, bob], readers);
  const readers = Object.fromEntries(Object.keys(values).map((name) => [name, [alice]]));
  const files: Record<string, string | Uint8Array> = { 'secrets.nix': rulesOf(readers) };
  for (const [name, value] of Object.entries(values)) files[name] = await encrypted(value, [alice]);
  gitRepository(files, root);
  const key = path.join(temporaryDirectory(), 'key');
  writeFileSync(key, alice.privateFile);
  const session = await openSession({
    path: root,
    rulesFiles: [],
    identityFiles: [key],
    defaultIdentities: false,
    env: {},
    stateDirectory: path.join(temporaryDirectory(), 'keyhole'),
  });
  if (!session.ok) throw new Error(session.error.says);
  onTestFinished(() => session.value.lock());
  const keyring = createKeyring([{ origin: 'alice', bytes: Buffer.from(alice.privateFile) }]);
  const bytes = (name: string): Buffer => readFileSync(path.join(root, name));
  return {
    root,
    session: session.value,
    bytes,
    async value(name) {
      const opened = await decryptFile(bytes(name), keyring, async () => null);
      return opened.ok ? Buffer.from(opened.value).toString() : `(${opened.error.says})`;
    },
    put: async (name, value, to = [alice]) =>
      writeFileSync(path.join(root, name), await encrypted(value, to)),
    rules: (wanted) => writeFileSync(path.join(root, 'secrets.nix'), rulesOf(wanted)),
  };
}
