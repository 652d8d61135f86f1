import type { Jail } from './jail.ts';
import { readDirectory } from './read-directory.ts';

const maxLooked = 1000;

/** Names of the directories right in the root that are repositories of their own: a search below the root leaves them out. */
export function nestedRepositories(jail: Jail): readonly string[] {
  const listed = readDirectory(jail, '');
  if (!listed.ok) return [];
  return listed.value
    .flatMap(({ name, kind }) => (kind === 'directory' && typeof name === 'string' ? [name] : []))
    .slice(0, maxLooked)
    .filter((name) => jail.exists(`${name}/.git`))
    .sort();
}
