import type { Jail } from '../jail.ts';
import type { RunGit } from './safe-git.ts';

/** What `.gitattributes` says of a path, as `git check-attr` words it: `set`, `unset`, `unspecified`, or a value. */
export type Attributes = ReadonlyMap<string, string>;

const asked = ['filter', 'working-tree-encoding', 'ident', 'text', 'crlf', 'eol'] as const;
const nothing: Attributes = new Map();

/**
 * What git's attributes say of these paths; only what decides whether a file is stored as it is. `null` for a path of
 * which that cannot be found out.
 */
export async function readAttributes(
  tree: Jail,
  common: Jail,
  paths: readonly string[],
  run: RunGit,
): Promise<ReadonlyMap<string, Attributes | null>> {
  if (
    !common.readStart('info/attributes', 0).ok &&
    paths.every((path) => attributesFor(tree, path) === 'none')
  ) {
    return new Map(paths.map((path) => [path, nothing]));
  }
  // git waits for a FIFO, and older ones follow a link out of the repository.
  const harmless = paths.filter((path) => attributesFor(tree, path) !== 'odd');
  const answers = await run(['check-attr', '-z', '--stdin', ...asked], {
    input: Buffer.from(harmless.map((path) => `${path}\0`).join('')),
    cwd: tree.root,
    env: { GIT_WORK_TREE: tree.root },
  });
  if (!answers.ok) return new Map(paths.map((path) => [path, null]));
  const found = new Map<string, Map<string, string>>(harmless.map((path) => [path, new Map()]));
  const fields = answers.value.toString('utf8').split('\0');
  for (let at = 0; at + 2 < fields.length; at += 3) {
    const [path = '', attribute = '', value = ''] = fields.slice(at, at + 3);
    found.get(path)?.set(attribute, value);
  }
  return new Map(paths.map((path) => [path, found.get(path) ?? null]));
}

/** Whether a `.gitattributes` lies in a directory above the path, and whether one of them is no regular file. */
function attributesFor(tree: Jail, path: string): 'none' | 'some' | 'odd' {
  const parts = path.split('/');
  let found: 'none' | 'some' = 'none';
  for (let depth = 0; depth < parts.length; depth += 1) {
    const name = [...parts.slice(0, depth), '.gitattributes'].join('/');
    if (tree.readLink(name) !== null) return 'odd';
    const start = tree.readStart(name, 0);
    if (start.ok) found = 'some';
    else if (start.error.code !== 'not-found') return 'odd';
  }
  return found;
}

/**
 * Whether git could store other bytes than these: through a filter, which only running it would show, another encoding,
 * `$Id$`, or line ends, which the person's own settings also decide.
 */
export function mayConvert(attributes: Attributes, bytes: Uint8Array): boolean {
  const of = (name: (typeof asked)[number]): string => attributes.get(name) ?? 'unspecified';
  const isNamed = (value: string): boolean => !['unspecified', 'unset', 'set'].includes(value);
  if (isNamed(of('filter')) || isNamed(of('working-tree-encoding'))) return true;
  const content = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  if (of('ident') === 'set' && content.includes('$Id')) return true;
  if (!content.includes('\r\n') || of('text') === 'unset' || of('crlf') === 'unset') return false;
  const isForced = of('text') === 'set' || of('crlf') === 'set' || isNamed(of('eol'));
  return isForced || !isBinary(content);
}

/** As git tells it where it decides by the content, without what it counts besides. */
const isBinary = (content: Buffer): boolean =>
  content.includes(0) || /\r(?!\n)/.test(content.toString('latin1'));
