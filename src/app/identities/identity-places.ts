import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { homeOf, userDirectory } from '../user-directory.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** A place where a private key may lie. */
export interface IdentityPlace {
  readonly path: string;
  /**
   * `named`: somebody named this file, so its absence is worth a line. `usual`: used when it is there and readable.
   * `listed`: found in a directory, where other things may lie too.
   */
  readonly standing: 'named' | 'usual' | 'listed';
  /** For a place named by the environment: the variable. */
  readonly variable?: string;
}

const maxListed = 64;

/** The usual places in the order they are tried: SSH, the host's own key, sops, age, passage. */
export function usualPlaces(env: Environment): readonly IdentityPlace[] {
  const home = homeOf(env);
  const config = userDirectory(env, 'XDG_CONFIG_HOME');
  const named = (variable: string): readonly IdentityPlace[] => {
    const path = env[variable];
    return path ? [{ path, standing: 'named', variable }] : [];
  };
  const usual = (path: string): IdentityPlace => ({ path, standing: 'usual' });
  const passage = named('PASSAGE_IDENTITIES_FILE');
  return [
    usual(join(home, '.ssh', 'id_ed25519')),
    usual(join(home, '.ssh', 'id_rsa')),
    usual('/etc/ssh/ssh_host_ed25519_key'),
    ...named('SOPS_AGE_KEY_FILE'),
    ...named('SOPS_AGE_SSH_PRIVATE_KEY_FILE'),
    usual(join(config, 'sops', 'age', 'keys.txt')),
    ...(process.platform === 'darwin'
      ? [usual(join(home, 'Library/Application Support/sops/age/keys.txt'))]
      : []),
    ...listed(join(config, 'age')),
    ...(passage.length > 0 ? passage : [usual(join(home, '.passage', 'identities'))]),
  ];
}

/** A path as its owner would type it. */
export function shortPath(path: string, env: Environment): string {
  const home = homeOf(env);
  return path.startsWith(`${home}/`) && home !== '/' ? `~${path.slice(home.length)}` : path;
}

function listed(directory: string): readonly IdentityPlace[] {
  try {
    return readdirSync(directory, { withFileTypes: true })
      .filter((entry) => (entry.isFile() || entry.isSymbolicLink()) && !entry.name.endsWith('.pub'))
      .map((entry): IdentityPlace => ({ path: join(directory, entry.name), standing: 'listed' }))
      .sort((a, b) => (a.path < b.path ? -1 : 1))
      .slice(0, maxListed);
  } catch {
    // No such directory, or not ours to list: whoever reads it learns which.
    return [{ path: directory, standing: 'listed' }];
  }
}
