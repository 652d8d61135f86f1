import type { OptionSpec } from './command-spec.ts';

export const dryRun: OptionSpec = {
  name: 'dry-run',
  says: 'print the plan and write nothing; with --json, all',
};

export const breakHardLinks: OptionSpec = {
  name: 'break-hardlinks',
  says: 'also write a file that has other names (hard links), which keep the old content',
};

export const allowUnreadable: OptionSpec = {
  name: 'allow-unreadable',
  says: 'write it even though no key found here opens it afterwards',
};

export const acceptRecipient: OptionSpec = {
  name: 'accept-recipient',
  value: 'KEY',
  repeatable: true,
  says: 'a public key that the rules name and nobody accepted here yet may read it; may be given several times',
  completes: 'nothing',
};

export const acceptReaders: OptionSpec = {
  name: 'accept-readers',
  says: 'write it even though that changes who can read the file',
};

export const yes: OptionSpec = { name: 'yes', short: 'y', says: 'do not ask' };
