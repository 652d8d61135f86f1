import { ignoreFileName } from '../../core/audit/parse-ignores.ts';
import type { AgeReference, DeclaredMode, Survey, WrittenKey } from '../../core/audit/survey.ts';
import { fail, type Outcome, ok } from '../../core/outcome.ts';
import { decodeUtf8 } from '../../core/utf8.ts';
import { closeGitDirectory, findGitDirectory } from '../git/find-git-directory.ts';
import { type Jail, openJail } from '../jail.ts';
import { listTree } from '../tree/list-tree.ts';
import type { TreeListing } from '../tree/tree-listing.ts';
import { keysIn } from './keys-in.ts';
import { plainNeighbours } from './plain-neighbours.ts';
import { referencesIn } from './references-in.ts';
import { tryParse } from './try-parse.ts';

const mostFiles = 3_000;
const mostBytes = 20_000_000;
const mostIgnoreBytes = 256 * 1024;
/** Files between two chances for a stop to be noticed. */
const batch = 64;

/**
 * Reads what `check` needs beyond the secrets: Nix files that name some, the ignore file, names of neighbours. Runs
 * nothing, and reads below the root only. A stop through `signal` throws its reason.
 *
 * @param rulesFrom Nix files that the rules were made from, from the root
 */
export async function surveyRepository(
  root: string,
  rulesFrom: ReadonlySet<string>,
  signal?: AbortSignal,
): Promise<Survey> {
  const jail = openJail(root);
  try {
    const listing = listFiles(jail);
    const read = await readNixFiles(jail, listing, rulesFrom, signal);
    return { ...read, plain: plainNeighbours(jail, listing), ignores: readIgnores(jail) };
  } finally {
    jail.close();
  }
}

function listFiles(jail: Jail): TreeListing {
  const git = findGitDirectory(jail.root, jail);
  try {
    return listTree(jail, git.ok ? git.value : null);
  } finally {
    if (git.ok && git.value) closeGitDirectory(git.value);
  }
}

async function readNixFiles(
  jail: Jail,
  listing: TreeListing,
  rulesFrom: ReadonlySet<string>,
  signal: AbortSignal | undefined,
): Promise<Pick<Survey, 'references' | 'modes' | 'keys' | 'isComplete'>> {
  const references: AgeReference[] = [];
  const modes: DeclaredMode[] = [];
  const keys: WrittenKey[] = [];
  const listed = listing.entries.flatMap(({ path, kind }) =>
    kind === 'file' && path.endsWith('.nix') && !rulesFrom.has(path) ? [path] : [],
  );
  // What the rules were made from first: the limits cut off the rest.
  const files = [...[...rulesFrom].filter((path) => path.endsWith('.nix')), ...listed];
  let bytes = 0;
  for (const [index, file] of files.slice(0, mostFiles).entries()) {
    if (index % batch === batch - 1) {
      await new Promise((resume) => setImmediate(resume));
      signal?.throwIfAborted();
    }
    const content = jail.readFile(file);
    if (!content.ok) continue;
    bytes += content.value.length;
    if (bytes > mostBytes) return { references, modes, keys, isComplete: false };
    if (rulesFrom.has(file)) {
      const parsed = tryParse(file, content.value);
      if (parsed !== null) keys.push(...keysIn(file, parsed));
    } else if (mayMatter(content.value)) {
      const parsed = tryParse(file, content.value);
      if (parsed === null) continue;
      const found = referencesIn(file, parsed, (path) => jail.exists(path));
      references.push(...found.references);
      modes.push(...found.modes);
    }
  }
  return { references, modes, keys, isComplete: files.length <= mostFiles };
}

/** Most Nix files name no secret, and to find that out takes no parser. */
function mayMatter(bytes: Uint8Array): boolean {
  const content = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  return content.includes('.age') || (content.includes('secrets') && content.includes('mode'));
}

function readIgnores(jail: Jail): Outcome<string> | null {
  const start = jail.readStart(ignoreFileName, mostIgnoreBytes);
  if (!start.ok) return start.error.code === 'not-found' ? null : start;
  if (start.value.size > mostIgnoreBytes) return fail('refused', `larger than ${mostIgnoreBytes} bytes`);
  const text = decodeUtf8(start.value.bytes);
  return text === null ? fail('malformed', 'not UTF-8') : ok(text);
}
