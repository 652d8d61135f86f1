import type { OptionSpec } from './command-spec.ts';

/** Options every command takes, before or after its name. */
export const globalOptions = [
  {
    name: 'repo',
    short: 'C',
    value: 'DIR',
    says: 'look for the repository at DIR and upward (default: the working directory)',
    completes: 'directory',
  },
  {
    name: 'identity',
    short: 'i',
    value: 'FILE',
    repeatable: true,
    says: 'private key to try before the default ones; may be given several times',
    completes: 'file',
  },
  { name: 'no-default-identities', says: 'use only the keys given with -i' },
  {
    name: 'rules',
    value: 'FILE',
    repeatable: true,
    says: 'rules file to read instead of searching for one (environment: RULES)',
    completes: 'file',
  },
  { name: 'json', says: 'print exactly one JSON object' },
  {
    name: 'non-interactive',
    says: 'never ask anything (implied when stdin or stderr is not a terminal)',
  },
  { name: 'agent', says: 'turn off whatever shows a value (environment: KEYHOLE_AGENT=1)' },
  { name: 'quiet', short: 'q', says: 'no notes on stderr, only errors' },
  { name: 'verbose', short: 'v', says: 'say on stderr which rules and keys are used' },
  { name: 'ascii', says: 'draw with ASCII characters only' },
  { name: 'no-color', says: 'no colour (environment: NO_COLOR)' },
  { name: 'version', says: 'print the version' },
  { name: 'help', short: 'h', says: 'explain a command' },
] as const satisfies readonly OptionSpec[];
