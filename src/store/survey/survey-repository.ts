import { ignoreFileName } from '../../core/audit/parse-ignores.ts';
import type { AgeReference, DeclaredMode, Survey, WrittenKey } from '../../core/audit/survey.ts';
import { fail, type Outcome, ok } from '../../core/outcome.ts';
import { decodeUtf8 } from '../../core/utf8.ts';
import { type Jail, openJail } from '../jail.ts';
import type { Expression } from '../nix/ast.ts';
import type { TreeListing } from '../tree/tree-listing.ts';
import { keysIn } from './keys-in.ts';
import { listFiles, nixFilesOfListing } from './list-files.ts';
import { parseNixFiles } from './parse-nix-files.ts';
import { plainNeighbours } from './plain-neighbours.ts';
import { referencesIn } from './references-in.ts';

const mostIgnoreBytes = 256 * 1024;

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

async function readNixFiles(
  jail: Jail,
  listing: TreeListing,
  rulesFrom: ReadonlySet<string>,
  signal: AbortSignal | undefined,
): Promise<Pick<Survey, 'references' | 'modes' | 'keys' | 'isComplete'>> {
  const references: AgeReference[] = [];
  const modes: DeclaredMode[] = [];
  const keys: WrittenKey[] = [];
  const others = nixFilesOfListing(listing).filter((path) => !rulesFrom.has(path));
  // What the rules were made from first: the limits cut off the rest.
  const files = [...[...rulesFrom].filter((path) => path.endsWith('.nix')), ...others];
  const take = (file: string, parsed: Expression | null): void => {
    if (parsed === null) return;
    if (rulesFrom.has(file)) {
      keys.push(...keysIn(file, parsed));
      return;
    }
    const found = referencesIn(file, parsed, (path) => jail.exists(path));
    references.push(...found.references);
    modes.push(...found.modes);
  };
  const wants = (file: string, content: Buffer): boolean => rulesFrom.has(file) || mayMatter(content);
  const isComplete = await parseNixFiles(jail, files, { wants, take }, signal);
  return { references, modes, keys, isComplete };
}

/** Most Nix files name no secret, and to find that out takes no parser. */
function mayMatter(content: Buffer): boolean {
  return content.includes('.age') || (content.includes('secrets') && content.includes('mode'));
}

function readIgnores(jail: Jail): Outcome<string> | null {
  const start = jail.readStart(ignoreFileName, mostIgnoreBytes);
  if (!start.ok) return start.error.code === 'not-found' ? null : start;
  if (start.value.size > mostIgnoreBytes) return fail('refused', `larger than ${mostIgnoreBytes} bytes`);
  const text = decodeUtf8(start.value.bytes);
  return text === null ? fail('malformed', 'not UTF-8') : ok(text);
}
