import { lstatSync, realpathSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fail, type Outcome, ok } from '../core/outcome.ts';
import { errnoOf } from './file-failure.ts';

/** Where rules files lie by convention, relative to the directory agenix is run in. */
export const standardRules = ['secrets.nix', 'secrets/secrets.nix'] as const;

/**
 * The root of the repository that `path` (a file or directory, absolute) lies in: the nearest directory upward with a
 * `.git`, else the nearest with a rules file, else the directory itself. Canonical. Errors: `not-found`, `io`.
 */
export function findRoot(path: string): Outcome<string> {
  let start: string;
  try {
    const real = realpathSync.native(path);
    start = statSync(real).isDirectory() ? real : dirname(real);
  } catch (error) {
    const missing = errnoOf(error) === 'ENOENT' || errnoOf(error) === 'ENOTDIR';
    return missing
      ? fail('not-found', 'no such file or directory', { where: path })
      : fail('io', `cannot be read (${errnoOf(error)})`, { where: path });
  }
  const upward = ancestorsOf(start);
  const withGit = upward.find((directory) => exists(join(directory, '.git')));
  const withRules = (): string | undefined =>
    upward.find((directory) => standardRules.some((rules) => exists(join(directory, rules))));
  return ok(withGit ?? withRules() ?? start);
}

function ancestorsOf(start: string): readonly string[] {
  const directories = [start];
  for (let at = start; dirname(at) !== at; at = dirname(at)) directories.push(dirname(at));
  return directories;
}

function exists(path: string): boolean {
  try {
    return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
  } catch {
    return false; // a directory on the way up that we may not search
  }
}
