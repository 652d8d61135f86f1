import {
  cpSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createKeyring } from '../../../src/crypto/create-keyring.ts';
import { decryptFile } from '../../../src/crypto/decrypt-file.ts';
import { encrypted, member, rulesFor } from '../../support/agenix-repository.ts';
import { builtProgram } from '../../support/built-program.ts';
import { git, gitRepository } from '../../support/git-repository.ts';
import type { Started } from './start.ts';

/** What a run started from and may end with: every file as it was, or every file as it was to be. */
export interface Scene {
  readonly name: string;
  /** A directory with `repository` and `home`; copied for every run. */
  readonly template: string;
  /** Where the old files are, if not in the template: for one that was interrupted already. */
  readonly original?: string;
  readonly command: readonly string[];
  readonly input: string;
  /** Paths that change, from the repository's root. */
  readonly files: readonly string[];
  /** Whether the content is what the run was to make of this file; `null` is no file. */
  readonly isNew: (file: string, content: Buffer | null) => Promise<boolean>;
}

export type Standing = 'old' | 'new' | 'broken';

export interface SceneCopy {
  readonly directory: string;
  readonly repository: string;
  readonly started: (command: readonly string[], input?: string) => Started;
  readonly standings: () => Promise<readonly Standing[]>;
  /** What an interrupted write left behind, and files that have a second name. */
  readonly leftovers: () => readonly string[];
  readonly remove: () => void;
}

const alice = member('alice');
const bob = member('bob');
const keyring = createKeyring([{ origin: 'alice', bytes: Buffer.from(alice.privateFile) }]);

/** The plaintext of an age file that alice reads; `null` when it is none. */
export async function plaintextOf(content: Buffer): Promise<string | null> {
  const opened = await decryptFile(content, keyring, async () => null);
  return opened.ok ? Buffer.from(opened.value).toString() : null;
}

export const oldValue = (file: string): string => `old value of ${file}\n`.repeat(40);

/** A repository with these secrets, all alice's and bob's, and alice's home. The caller removes it. */
export async function makeTemplate(secrets: readonly string[], holds = oldValue): Promise<string> {
  const top = realpathSync(mkdtempSync(path.join(tmpdir(), 'keyhole-scene-')));
  const files: Record<string, string | Uint8Array> = {
    'secrets.nix': rulesFor([alice, bob], Object.fromEntries(secrets.map((file) => [file, [alice, bob]]))),
  };
  for (const file of secrets) files[file] = await encrypted(holds(file), [alice, bob]);
  mkdirSync(path.join(top, 'repository'));
  gitRepository(files, path.join(top, 'repository'));
  // One file instead of hundreds to copy for every run.
  git(path.join(top, 'repository'), 'gc', '-q');
  mkdirSync(path.join(top, 'home/.ssh'), { recursive: true });
  writeFileSync(path.join(top, 'home/.ssh/id_ed25519'), alice.privateFile, { mode: 0o600 });
  return top;
}

export const keyhole = (...words: readonly string[]): readonly string[] => [
  process.execPath,
  builtProgram(),
  ...words,
];

/** How a program is started on a copy. Compiled code is kept between runs, so that all make the same calls. */
export const startedIn = (directory: string, command: readonly string[], input = ''): Started => ({
  command,
  input,
  cwd: path.join(directory, 'repository'),
  env: {
    PATH: process.env['PATH'],
    HOME: path.join(directory, 'home'),
    XDG_CACHE_HOME: path.join(path.dirname(builtProgram()), 'cache'),
    LANG: 'C.UTF-8',
  },
});

let copies = 0;

export function copyOf(scene: Scene): SceneCopy {
  copies += 1;
  // The same path length each time, since that is in what programs read and write.
  const directory = `${scene.template}-${process.pid}-${String(copies).padStart(6, '0')}`;
  copyTemplate(scene, directory);
  return sceneAt(scene, directory);
}

export function copyTemplate({ template }: Scene, directory: string): void {
  cpSync(template, directory, { recursive: true, preserveTimestamps: true, verbatimSymlinks: true });
}

/** A copy of the scene that is there already. */
export function sceneAt(scene: Scene, directory: string): SceneCopy {
  const repository = path.join(directory, 'repository');
  const read = (root: string, file: string): Buffer | null => {
    const full = path.join(root, file);
    return lstatSync(full, { throwIfNoEntry: false }) ? readFileSync(full) : null;
  };
  const standing = async (file: string): Promise<Standing> => {
    const [now, before] = [
      read(repository, file),
      read(path.join(scene.original ?? scene.template, 'repository'), file),
    ];
    if (now === null ? before === null : before?.equals(now)) return 'old';
    return (await scene.isNew(file, now)) ? 'new' : 'broken';
  };
  return {
    directory,
    repository,
    started: (command, input) => startedIn(directory, command, input),
    standings: () => Promise.all(scene.files.map(standing)),
    leftovers() {
      const home = path.join(repository, '.git/keyhole');
      const names = lstatSync(home, { throwIfNoEntry: false }) ? readdirSync(home) : [];
      const linked = scene.files.filter((file) => {
        const stats = lstatSync(path.join(repository, file), { throwIfNoEntry: false });
        return stats !== undefined && stats.nlink > 1;
      });
      return [...names.filter((name) => name !== 'undo'), ...linked];
    },
    remove: () => rmSync(directory, { recursive: true, force: true }),
  };
}
