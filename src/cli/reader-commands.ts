import { secret } from './command-arguments.ts';
import type { CommandSpec } from './command-spec.ts';
import { allowUnreadable, breakHardLinks, dryRun, yes } from './writing-options.ts';

/** The commands that change who reads what. */
export const readerCommands = [
  {
    name: 'rekey',
    aliases: [],
    summary: 'encrypt anew what differs from the rules, and nothing else',
    details: [
      'Files whose readers provably differ from the rules are written for the readers that the rules declare; values, and whether a file is armored, stay as they are. A file that is right is not touched. Where age X25519 keys are declared and as many are on the file, nobody can say whether they are the right ones: such files are counted, and written with --all.',
      'Every file is opened before one is written, with one question for each key that needs a passphrase. Where one file cannot be opened, nothing changes, the file is named, and the status is 11. With --partial the rest is written, what was left is listed at the end, and the status is still that of the first one left. All of it is one write, which keyhole undo takes back.',
      'Who is taken off a file may know its value, and git keeps the old file: the secrets to give another value are named.',
    ],
    arguments: [
      { ...secret, required: false, repeatable: true, says: 'FILE; the whole path. All when none is named' },
    ],
    options: [
      { name: 'all', says: 'also files that are right, or may be' },
      {
        name: 'reader',
        value: 'NAME',
        repeatable: true,
        says: 'only secrets that this reader has or is to have; may be given several times',
        completes: 'reader',
      },
      { name: 'partial', says: 'leave what cannot be opened, and write the rest' },
      allowUnreadable,
      yes,
      breakHardLinks,
      dryRun,
    ],
    examples: [
      { command: 'keyhole rekey --dry-run', says: 'who would gain and lose what' },
      { command: 'keyhole rekey --reader web1', says: 'after web1 has a new key' },
    ],
  },
] as const satisfies readonly CommandSpec[];
