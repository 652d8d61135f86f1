import { secret } from './command-arguments.ts';
import type { ArgumentSpec, CommandSpec, OptionSpec } from './command-spec.ts';
import {
  acceptReaders,
  acceptRecipient,
  allowUnreadable,
  breakHardLinks,
  dryRun,
  yes,
} from './writing-options.ts';

const reader: ArgumentSpec = {
  name: 'NAME',
  required: true,
  says: 'a reader or a group as the rules call it, or a public key',
  completes: 'reader',
};

const secrets: ArgumentSpec = { ...secret, repeatable: true, says: 'FILE; the whole path' };

const key: OptionSpec = {
  name: 'key',
  value: 'KEY',
  says: 'its public key: the key itself, @FILE, or - for stdin',
  completes: 'file',
};

const acceptLookAlike: OptionSpec = {
  name: 'accept-look-alike',
  says: 'take a key although it, its comment or the name looks like that of another reader',
};

/** The commands that change who reads what. */
export const readerCommands = [
  {
    name: 'grant',
    aliases: [],
    summary: 'give secrets to a reader: the rules and the files',
    details: [
      'The reader is added to the rule of each secret, whose other text stays as it is, and every file whose readers differ then is encrypted anew: all of it or nothing, as one write, which keyhole undo takes back. The changed rules were evaluated and say the same of every other secret. A public key that the rules have no name for is written out.',
      'Where the rules give it to the reader already and the file does, too, nothing is written, and the status is 0. With --key a reader is made first, as by keyhole reader add.',
    ],
    arguments: [reader, secrets],
    options: [
      { ...key, says: 'NAME is a new reader with this public key: the key itself, @FILE, or - for stdin' },
      acceptLookAlike,
      acceptReaders,
      acceptRecipient,
      allowUnreadable,
      yes,
      breakHardLinks,
      dryRun,
    ],
    examples: [
      { command: 'keyhole grant web1 secrets/db.age secrets/tls.age', says: 'two secrets for a host' },
      { command: 'keyhole grant alice db.age --dry-run', says: 'what it would change' },
    ],
  },
  {
    name: 'revoke',
    aliases: [],
    summary: 'take secrets from a reader: the rules and the files',
    details: [
      'The reader is taken out of the rule of each secret, by every key of that name, and every file whose readers differ then is encrypted anew: all of it or nothing, as one write, which keyhole undo takes back. Where the rules do not give it to the reader and the file does not either, nothing is written, and the status is 0.',
      'A reader who comes with a list that gives readers to other secrets, too, is not taken out unasked: what depends on the list is named, and what to write by hand for this secret alone (status 18). With --group the list is edited, and all files that depend on it are encrypted anew.',
      'Who loses a secret may know its value, and git keeps the old file: the secrets to give another value are named.',
    ],
    arguments: [reader, secrets],
    options: [
      { name: 'group', says: 'also edit a list that other secrets have readers from' },
      acceptReaders,
      acceptRecipient,
      allowUnreadable,
      yes,
      breakHardLinks,
      dryRun,
    ],
    examples: [
      { command: 'keyhole revoke old-laptop secrets/db.age', says: 'and give it another value' },
      { command: 'keyhole revoke bob db.age --group --dry-run', says: 'what editing the list would change' },
    ],
  },
  {
    name: 'reader',
    aliases: [],
    summary: 'add, replace, rename or remove a reader: the rules, .pub files and secrets',
    details: [
      'add NAME --key KEY writes a new reader beside its neighbours, as they are written: a name in the rules or in a file that they import, with a .pub file where the others have one. --group puts it into that list or set, too, with all secrets that this reads, and SECRETs are given to it. Without a key, add NAME --group puts a reader who is there into a group.',
      'replace NAME --key KEY puts another key in the place of the one there is, wherever that is written. rename NAME NEW changes the name and all its uses in the rules. remove NAME takes it out of every rule, every list and its own place, with its .pub file; remove NAME --group takes it out of that group only.',
      'KEY may be what ssh-keyscan prints, a .pub file, a known_hosts or authorized_keys line, or an age key. Its fingerprint is shown. Keys that age cannot encrypt to are refused with the reason, and so is, with status 17, one that looks like another reader’s, unless --accept-look-alike.',
      'Rules, .pub files and every secret whose readers differ then are one write, which keyhole undo takes back. The changed rules were evaluated and give every other secret the readers it had. What cannot be proved is not written; the lines to change by hand are named.',
      'Removing does not un-tell: who loses a secret may know its value, and git keeps the old file. The secrets to give another value are named.',
    ],
    arguments: [
      {
        name: 'ACTION',
        required: true,
        says: 'add, replace, rename or remove',
        completes: ['add', 'replace', 'rename', 'remove'],
      },
      { ...reader, says: 'a reader as the rules call it, or are to call it' },
      {
        ...secrets,
        name: 'SECRET|NEW',
        required: false,
        says: 'for add: FILE, the whole path; for rename: the new name',
      },
    ],
    options: [
      key,
      { name: 'this-host', says: 'the key is that of this machine: /etc/ssh/ssh_host_ed25519_key.pub' },
      {
        name: 'group',
        value: 'GROUP',
        says: 'the list or set of the rules that it comes into, or goes out of',
        completes: 'nothing',
      },
      {
        name: 'beside',
        value: 'NAME',
        says: 'write the new reader beside this one',
        completes: 'reader',
      },
      { name: 'instead', value: 'KEY', says: 'which of several keys is replaced', completes: 'nothing' },
      acceptLookAlike,
      acceptReaders,
      acceptRecipient,
      allowUnreadable,
      yes,
      breakHardLinks,
      dryRun,
    ],
    examples: [
      { command: 'ssh-keyscan web3 | keyhole reader add web3 --key - --group hosts', says: 'a new host' },
      { command: 'keyhole reader add carol --key @carol.pub app.age', says: 'a person, for one secret' },
      {
        command: 'keyhole reader replace web1 --key @web1.pub --dry-run',
        says: 'after web1 was set up anew',
      },
      { command: 'keyhole reader remove old-laptop', says: 'everywhere' },
    ],
  },
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
      { ...secrets, required: false, repeatable: true, says: 'FILE; the whole path. All when none is named' },
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
      acceptRecipient,
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
