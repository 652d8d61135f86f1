import { mkdir, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fail, type Outcome, ok } from '../../core/outcome.ts';
import { encryptFile } from '../../crypto/encrypt-file.ts';
import { parseRecipient } from '../../crypto/parse-recipient.ts';
import { errnoOf } from '../../store/file-failure.ts';
import { assembleCast, type Cast } from './cast.ts';
import { type Chapter, catalogue, type DemoSecret } from './catalogue.ts';
import { tellHistory } from './history.ts';
import { membersOf, rulesText } from './rules-text.ts';
import { writeHistory } from './write-history.ts';

export interface Demo {
  /** The repository's root, below the directory given. */
  readonly repository: string;
  /** Your throwaway private key, beside the repository and not in it. */
  readonly identityFile: string;
}

const readme = `# A demo

Made by \`keyhole demo\`. Every value, host and person in it is invented; the keys were made with it and open nothing
else. Delete the directory when you are done.
`;

/**
 * Makes the demo repository in `directory`, which is created (0700) unless it is there and empty. Needs no network;
 * without git it has no history. Errors: `refused` when the directory holds something, `io`.
 */
export async function createDemo(directory: string, now = Date.now()): Promise<Outcome<Demo>> {
  const cast = assembleCast();
  const files = await encryptCatalogue(cast);
  if (!files.ok) return files;
  const demo = {
    repository: path.join(directory, 'nix-config'),
    identityFile: path.join(directory, 'id_ed25519'),
  };
  try {
    await mkdir(directory, { recursive: true, mode: 0o700 });
    if ((await readdir(directory)).length > 0) {
      return fail('refused', 'the directory is not empty', {
        where: directory,
        hint: 'name one that does not exist yet',
      });
    }
    const tree = new Map(files.value.map(({ file, content }) => [file, content]));
    tree.set('secrets.nix', Buffer.from(rulesText(cast, 'now')));
    tree.set('README.md', Buffer.from(readme));
    await writeTree(demo.repository, tree);
    await writeFile(demo.identityFile, cast.identity, { mode: 0o600, flag: 'wx' });
    await writeHistory(
      demo.repository,
      tellHistory(chapterFiles(cast, files.value, tree), Math.floor(now / 1000)),
    );
    return ok(demo);
  } catch (error) {
    return fail('io', `the demo cannot be written (${errnoOf(error) ?? 'for an unknown reason'})`, {
      where: directory,
    });
  }
}

interface EncryptedFile {
  readonly file: string;
  readonly chapter: Chapter;
  readonly content: Uint8Array;
}

async function encryptCatalogue(cast: Cast): Promise<Outcome<EncryptedFile[]>> {
  const files: EncryptedFile[] = [];
  for (const secret of catalogue) {
    if (secret.value === undefined) continue;
    const content = await encryptSecret(secret, secret.value, cast);
    if (!content.ok) return content;
    files.push({ file: `secrets/${secret.name}`, chapter: secret.chapter, content: content.value });
  }
  return ok(files);
}

function encryptSecret(
  secret: DemoSecret,
  value: string | Uint8Array,
  cast: Cast,
): Promise<Outcome<Uint8Array>> {
  const recipients = membersOf(secret.encryptedTo ?? secret.readers).map((name) =>
    parseRecipient(cast.publicKeys[name]),
  );
  return encryptFile(Buffer.from(value), recipients, { armor: secret.armor ?? false });
}

async function writeTree(root: string, tree: ReadonlyMap<string, Uint8Array>): Promise<void> {
  const directories = new Set([...tree.keys()].map((file) => path.join(root, path.dirname(file))));
  for (const directory of directories) await mkdir(directory, { recursive: true });
  await Promise.all([...tree].map(([file, content]) => writeFile(path.join(root, file), content)));
}

function chapterFiles(cast: Cast, files: readonly EncryptedFile[], tree: ReadonlyMap<string, Uint8Array>) {
  const rulesThen = Buffer.from(rulesText(cast, 'before-retirement'));
  return (chapter: Chapter): ReadonlyMap<string, Uint8Array> => {
    const changed = new Map<string, Uint8Array>();
    const take = (file: string) => changed.set(file, tree.get(file) ?? new Uint8Array());
    for (const { file } of files.filter((one) => one.chapter === chapter)) take(file);
    if (chapter === 'start') {
      take('README.md');
      changed.set('secrets.nix', rulesThen);
    }
    if (chapter === 'retire') take('secrets.nix');
    return changed;
  };
}
