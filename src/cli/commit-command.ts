import type { CommandSpec } from './command-spec.ts';

/** The one command that has git do something. */
export const commitCommand = {
  name: 'commit',
  aliases: [],
  summary: 'commit what keyhole wrote, and nothing else',
  details: [
    'The files that keyhole wrote and that differ from the last commit: ciphertext, rules and public keys, never anything else. What somebody else changed since is left out, and said; what is staged besides stays staged.',
    'git makes the commit, with your settings: the hooks, filters and signing that the repository or you have configured run. Which hooks there are is said before. With somebody there to ask it asks first. Without one nothing waits for an answer: hooks and signing find no terminal.',
  ],
  arguments: [],
  options: [
    {
      name: 'message',
      short: 'm',
      value: 'TEXT',
      says: 'the message, instead of one that names the secrets',
      completes: 'nothing',
    },
    { name: 'yes', short: 'y', says: 'do not ask' },
    { name: 'dry-run', says: 'say what would be committed, and commit nothing' },
  ],
  examples: [
    { command: 'keyhole commit --dry-run', says: 'what is not committed yet' },
    { command: 'keyhole commit -m "rotate the database password"', says: 'with a message of your own' },
  ],
} as const satisfies CommandSpec;
