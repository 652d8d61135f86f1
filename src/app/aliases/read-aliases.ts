import { closeSync, constants, openSync } from 'node:fs';
import { join } from 'node:path';
import { type Aliases, withAliases } from '../../core/aliases.ts';
import type { Repository } from '../../core/repository.ts';
import { errnoOf } from '../../store/file-failure.ts';
import { userDirectory } from '../user-directory.ts';

/**
 * The repository with the names that the user gave to keys in `keyhole/aliases` of the configuration directory. Most
 * have no such file, and then nothing but that is found out.
 */
export async function nameByAliases(
  repository: Repository,
  env: Readonly<Record<string, string | undefined>>,
): Promise<Repository> {
  const file = join(userDirectory(env, 'XDG_CONFIG_HOME'), 'keyhole/aliases');
  let descriptor: number;
  try {
    descriptor = openSync(file, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch (error) {
    const errno = errnoOf(error);
    if (errno === 'ENOENT' || errno === 'ENOTDIR') return repository;
    return withAliases(repository, unread(file, `cannot be read (${errno ?? 'for an unknown reason'})`));
  }
  try {
    const { readAliasFile } = await import('./read-alias-file.ts');
    return withAliases(repository, readAliasFile(descriptor, file));
  } finally {
    closeSync(descriptor);
  }
}

const unread = (where: string, says: string): Aliases => ({
  names: new Map(),
  problems: [{ code: 'bad-rules', says, where, isOwn: true }],
});
