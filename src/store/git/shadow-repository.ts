import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fail, type Outcome, ok } from '../../core/outcome.ts';
import { show } from '../../core/safe-text.ts';
import type { Jail } from '../jail.ts';
import { readDirectory } from '../read-directory.ts';
import type { GitDirectory } from './find-git-directory.ts';

/** A git directory of our own that borrows the objects of a repository and nothing else of it. */
export interface ShadowRepository {
  readonly env: Readonly<Record<string, string>>;
  remove(): void;
}

/**
 * Lets git read the objects of a repository without its `config`, hooks and remotes, which can all run programs or
 * open connections: fsmonitor, textconv, pagers, `ext::` promisor remotes, includes. A `-c` option
 * cannot take every such setting back; a git directory that never had them can.
 * Errors: `refused` when the objects lead outside the repository, `io`.
 *
 * @param head `null`: before the first commit
 */
export function makeShadowRepository(git: GitDirectory, head: string | null): Outcome<ShadowRepository> {
  const alternates = git.common.readStart('objects/info/alternates', 1);
  if (alternates.ok || alternates.error.code === 'refused') {
    return fail('refused', 'the repository borrows objects from another place (alternates)', {
      where: '.git/objects/info/alternates',
      hint: 'history is not shown for such a repository',
    });
  }
  const stray = findStray(git.common);
  if (stray !== null) {
    return fail('refused', 'a link or device stands where git keeps its objects', {
      where: `.git/${stray}`,
      hint: 'history is not shown for such a repository',
    });
  }
  const shallow = git.common.readFile('shallow');
  const attributes = git.common.readFile('info/attributes');
  let directory = '';
  try {
    directory = mkdtempSync(join(tmpdir(), 'keyhole-git-'));
    mkdirSync(join(directory, 'refs'));
    mkdirSync(join(directory, 'objects'));
    writeFileSync(join(directory, 'HEAD'), `${head ?? 'ref: refs/heads/unborn'}\n`);
    writeFileSync(join(directory, 'config'), configFor(head));
    // They only name drivers, and no setting says which program one of them is.
    if (attributes.ok) {
      mkdirSync(join(directory, 'info'));
      writeFileSync(join(directory, 'info/attributes'), attributes.value);
    }
    if (shallow.ok) writeFileSync(join(directory, 'shallow'), onlyCommits(shallow.value));
  } catch {
    if (directory !== '') rmSync(directory, { recursive: true, force: true });
    return fail('io', 'no place for a temporary git directory', { where: tmpdir() });
  }
  return ok({
    env: {
      GIT_DIR: directory,
      GIT_OBJECT_DIRECTORY: join(git.common.root, 'objects'),
      GIT_CONFIG_NOSYSTEM: '1',
      GIT_CONFIG_GLOBAL: '/dev/null',
      GIT_ATTR_NOSYSTEM: '1',
      GIT_NO_REPLACE_OBJECTS: '1',
      GIT_NO_LAZY_FETCH: '1',
      GIT_OPTIONAL_LOCKS: '0',
      GIT_TERMINAL_PROMPT: '0',
      GIT_LITERAL_PATHSPECS: '1',
      HOME: directory,
      LC_ALL: 'C',
    },
    remove: () => rmSync(directory, { recursive: true, force: true }),
  });
}

/** Roots that were looked through. Nobody who hands over a repository changes it while we run, and a fetch makes no links. */
const lookedThrough = new Set<string>();

/** The first of what git would follow out of the repository or wait for; remembered, since it takes 10 ms at worst. */
function findStray(jail: Jail): string | null {
  if (jail.readLink('objects') !== null) return 'objects';
  const stray = lookedThrough.has(jail.root) ? null : strayIn(jail, 'objects');
  if (stray === null) lookedThrough.add(jail.root);
  return stray;
}

/** Directories inside each other that git makes below `objects`: `info/commit-graphs` is one. */
const deepest = 3;

/** A link, FIFO or device anywhere in there; git would follow the one out of the repository and wait for the other. */
function strayIn(jail: Jail, directory: string, depth = 1): string | null {
  const listed = readDirectory(jail, directory);
  if (!listed.ok) return listed.error.code === 'not-found' ? null : directory;
  for (const { name, kind } of listed.value) {
    const path = `${directory}/${typeof name === 'string' ? name : show(name)}`;
    if (kind === 'link' || kind === 'other') return path;
    if (kind !== 'directory') continue;
    // git looks no deeper, and a name that is not UTF-8 is none of its own.
    const inside = depth < deepest && typeof name === 'string' ? strayIn(jail, path, depth + 1) : null;
    if (inside !== null) return inside;
  }
  return null;
}

function configFor(head: string | null): string {
  const sha256 = head?.length === 64;
  const core = `[core]\n\trepositoryformatversion = ${sha256 ? 1 : 0}\n\tbare = true\n`;
  return sha256 ? `${core}[extensions]\n\tobjectFormat = sha256\n` : core;
}

/** git dies on a shallow file with anything else in it. */
function onlyCommits(bytes: Uint8Array): string {
  const lines = Buffer.from(bytes).toString('latin1').split('\n');
  return lines
    .filter((line) => /^[0-9a-f]{40,64}$/.test(line))
    .map((line) => `${line}\n`)
    .join('');
}
