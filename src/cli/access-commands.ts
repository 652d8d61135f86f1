import { globs, secret } from './command-arguments.ts';
import type { CommandSpec } from './command-spec.ts';

/** The commands that tell who reads what, and what uses it. */
export const accessCommands = [
  {
    name: 'matrix',
    aliases: [],
    summary: 'who can read what, as a grid; needs no key',
    details: [
      'Rows are secrets, columns are readers. yes: in the rules and in the file. unknown: in the rules, and the file does not tell, because its recipients are anonymous or it cannot be read. declared: in the rules, but not in the file. extra: in the file, but not in the rules. perhaps: not in the rules, and the file does not tell. -: neither. Where the rule could not be read: in-file, not-in-file or ?, as far as the file tells. A last column called ? holds readers on the file whom no key of the repository fits: only the kind of their key and its tag are known. In csv a cell that a spreadsheet would take for a formula starts with a quote.',
    ],
    arguments: [globs],
    options: [
      {
        name: 'format',
        value: 'FORMAT',
        says: 'table (the default), json, csv or md',
        completes: ['table', 'json', 'csv', 'md'],
      },
    ],
    examples: [{ command: 'keyhole matrix --format md > READERS.md', says: 'for a review' }],
  },
  {
    name: 'who',
    aliases: [],
    summary: 'readers of a secret; needs no key',
    details: [
      'One reader a line: name, host or person, whether the rules declare it, whether the file holds it, and its public key. "unknown" means that the file does not tell, because age X25519 recipients are anonymous, or that the rule could not be read. A reader called ? is on the file, and no key of the repository fits; who it was is looked up in the git history of rules and .pub files, and said on stderr with the commit that removed it.',
      'With --used one place a line: used, declared or named; the service or option that reads it, or the name in age.secrets; the hosts that the file seems to be for; the place; owner and mode where they are written out. Found in the text of the Nix files, which are not evaluated, so all of it is a guess.',
    ],
    arguments: [{ ...secret, says: 'FILE; a unique end of the path is enough' }],
    options: [
      {
        name: 'used',
        says: 'where the Nix files declare and use it, instead of its readers: a static guess, nothing is evaluated',
      },
    ],
    examples: [
      { command: 'keyhole who secrets/db.age', says: 'who can read it' },
      { command: 'keyhole who --used secrets/db.age', says: 'which services of which hosts seem to use it' },
    ],
  },
  {
    name: 'what',
    aliases: [],
    summary: 'secrets of a reader; needs no key',
    details: [
      'One secret a line: name, state, whether the rules declare the reader, whether the file holds it.',
      'With --unused only secrets for whose use nothing was found in the Nix files that seem to be for the host of that name. They are not evaluated: look before you revoke. What files use of which nobody knows whose they are is left out and counted.',
    ],
    arguments: [
      { name: 'READER', required: true, says: 'a name from the rules, or a public key', completes: 'reader' },
    ],
    options: [
      { name: 'unused', says: 'only what that host can read and does not seem to use: a static guess' },
    ],
    examples: [
      { command: 'keyhole what alice', says: 'what alice can read' },
      { command: 'keyhole what --unused atlas', says: 'what atlas may not need' },
    ],
  },
] as const satisfies readonly CommandSpec[];
