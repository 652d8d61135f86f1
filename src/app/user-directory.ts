import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';

type Environment = Readonly<Record<string, string | undefined>>;

/** Where programs keep what is the user's own, by the XDG base directory specification. */
const usual = { XDG_CONFIG_HOME: '.config', XDG_STATE_HOME: '.local/state' } as const;

export function userDirectory(env: Environment, variable: keyof typeof usual): string {
  return absolute(env[variable]) ?? join(homeOf(env), usual[variable]);
}

export function homeOf(env: Environment): string {
  return absolute(env['HOME']) ?? homedir();
}

/** Relative paths in XDG variables are to be ignored, says the specification. */
function absolute(path: string | undefined): string | undefined {
  return path !== undefined && isAbsolute(path) ? path : undefined;
}
