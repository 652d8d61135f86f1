import type { Repository } from '../../core/repository.ts';

const known = new WeakMap<Repository, string>();

/**
 * The directory that every secret is in, with its last `/`; `''` where there is none. The list says it once, in its
 * title, and leaves the cells to what tells the secrets apart.
 */
export function commonDirectory(repository: Repository): string {
  const found = known.get(repository) ?? find(repository.secrets.map(({ id }) => id));
  known.set(repository, found);
  return found;
}

function find(ids: readonly string[]): string {
  const [first = '', ...rest] = ids;
  if (rest.length === 0) return '';
  let directory = first.slice(0, first.lastIndexOf('/') + 1);
  for (const id of rest) {
    while (!id.startsWith(directory)) {
      directory = directory.slice(0, directory.lastIndexOf('/', directory.length - 2) + 1);
    }
  }
  return directory;
}
