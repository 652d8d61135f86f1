import { severities } from '../core/audit/finding-rules.ts';
import type { CommandSpec, OptionSpec } from './command-spec.ts';

const findingOptions = [
  {
    name: 'severity',
    value: 'LEVEL',
    says: 'tell only what is at least so severe: high, medium or low (default)',
    completes: severities,
  },
  {
    name: 'format',
    value: 'FORMAT',
    says: 'text, json, sarif (2.1.0, for code scanning) or github (annotations)',
    completes: ['text', 'json', 'sarif', 'github'],
  },
] as const satisfies readonly OptionSpec[];

/** Commands that tell what is wrong, for people and CI. */
export const findingCommands = [
  {
    name: 'check',
    aliases: [],
    summary: 'exit 14 when anything is wrong; needs no key; made for CI',
    details: [
      'Compares every file with its rules, and says what differs, what is missing, what is damaged and what could not be read; then looks at the keys, at Nix files that name secrets, and for plaintext beside ciphertext. What cannot be known (anonymous recipients) is counted and is no finding. keyhole help checks lists the rules.',
      'What a line of .keyhole-ignore in the root names is not told: rule, subject, last day as YYYY-MM-DD or -, reason. An entry that is past its day, or fits nothing, is a finding itself.',
    ],
    arguments: [],
    options: [
      ...findingOptions,
      {
        name: 'history',
        says: 'look up in git who unnamed readers were: name, file, commit and day of their removal',
      },
    ],
    examples: [
      { command: 'keyhole check --json', says: 'findings for a program' },
      { command: 'keyhole check --format github --severity medium', says: 'in GitHub Actions' },
    ],
  },
  {
    name: 'audit',
    aliases: [],
    summary: 'what check finds, and the values that former readers know; exit 14 when there is any',
    details: [
      'Whoever could read a file once may have kept its value, and git keeps the file. From the history of the repository alone audit lists, for each reader that the rules do not name any more, the secrets and versions it could open. A later version may hold a new value or the old one encrypted anew: no file tells, so that this is called unknown and stays in the list.',
      'With -i KEY the versions are opened in memory and compared: values that were changed are left out, and what is the same, or holds entries that are the same, is said to be so. Nobody is asked for a passphrase. Readers by age X25519 keys leave no mark on a file: they are counted, never named. Only what HEAD is made of is looked at, and only secrets that are still there.',
      'A line of .keyhole-ignore with the rule rotate says that a value was changed elsewhere.',
    ],
    arguments: [],
    options: [...findingOptions],
    examples: [
      { command: 'keyhole audit', says: 'what to rotate after somebody left' },
      { command: 'keyhole audit -i ~/.ssh/id_ed25519 --json', says: 'the same, with values compared' },
    ],
  },
] as const satisfies readonly CommandSpec[];
