import { finalNewlines } from '../app/usecases/final-newline.ts';
import { valueKinds } from '../app/usecases/value-kinds.ts';
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

const wholePath: ArgumentSpec = { ...secret, says: 'FILE or FILE#KEY.PATH; the whole path' };

const fromFile: OptionSpec = {
  name: 'from-file',
  value: 'F',
  says: 'the value is what F holds',
  completes: 'file',
};

const typedValue: OptionSpec = {
  name: 'value',
  value: 'V',
  says: 'the value is V, which other users can see while the command runs, and the shell keeps',
  completes: 'nothing',
};

const keepPublic: OptionSpec = { name: 'keep-public', says: 'leave the public half of a key as it is' };

const finalNewline: OptionSpec = {
  name: 'final-newline',
  value: 'HOW',
  says: 'the newline at the end: exact (as given), keep (as the old value), yes or no',
  completes: finalNewlines,
};

/** What is otherwise asked about or refused. */
const meantOptions: readonly OptionSpec[] = [
  { name: 'allow-empty', says: 'also write an empty value' },
  { name: 'any-format', says: 'also write what no longer is JSON, YAML or dotenv as the old value was' },
  acceptReaders,
  acceptRecipient,
  allowUnreadable,
];

/** The commands that change files. */
export const writingCommands = [
  {
    name: 'set',
    aliases: [],
    summary: 'give a secret, or one value in it, another value; read from stdin',
    details: [
      'The value is all of stdin, byte for byte. For FILE#KEY.PATH only the text of that value changes, and of its last newline there is as much as the old value had. The file is made when a rule names it, and with --create a key that is not there. The same value again is not written.',
      'What was JSON, YAML or dotenv must still be. The file is written for the readers its rule declares. Either all of it is written or nothing is, whatever happens meanwhile; keyhole undo takes it back.',
    ],
    arguments: [wholePath],
    options: [
      { name: 'create', says: 'also add KEY where it is not there, which else is refused as a typo' },
      fromFile,
      typedValue,
      finalNewline,
      ...meantOptions,
      breakHardLinks,
      dryRun,
    ],
    examples: [
      { command: 'pwgen -s 32 1 | keyhole set app.env.age#DB_PASSWORD', says: 'one value' },
      { command: 'keyhole set tls.age --from-file key.pem', says: 'from a file' },
      { command: 'keyhole set app.env.age#API_TOKEN --create < token', says: 'also a new key' },
    ],
  },
  {
    name: 'edit',
    aliases: [],
    summary: 'edit a secret, or one value in it, with $VISUAL or $EDITOR',
    details: [
      'The text is in memory only (a tmpfs that nobody else can look into) while the editor runs, and gone afterwards; vim, nvim, nano and emacs are told to keep no copies elsewhere. Where there is no such place, nothing is edited. When the editor fails nothing is written, and neither is what was not changed.',
      'What was JSON, YAML or dotenv must still be; else it is opened again, as you left it. So it is when somebody else wrote the file meanwhile, with theirs beside it if you like. There is as much of a newline at the end as there was.',
    ],
    arguments: [secret],
    options: [
      finalNewline,
      { name: 'no-swap', says: 'refuse where memory may be written to a disk' },
      ...meantOptions,
      breakHardLinks,
      dryRun,
    ],
    examples: [
      { command: 'keyhole edit secrets/db.age', says: 'all of it' },
      { command: 'keyhole edit app.env.age#DB_PASSWORD', says: 'one value' },
    ],
    showsValues: true,
  },
  {
    name: 'new',
    aliases: [],
    summary: 'make a secret and the rule entry that says who reads it',
    details: [
      'The value is all of stdin, byte for byte, or made with --generate. File and rule entry are written together or not at all, and refused when either is there. The entry goes beside its neighbours in the rules file, whose other text stays as it is.',
      'NAME is a reader or a group as the rules call it, or a public key. The public half of a key is written beside it: keys/web.age and keys/web.pub. bcrypt, htpasswd and sha512-crypt are hashes of the password on stdin, or of a fresh one that --password-in keeps as a secret of its own.',
    ],
    arguments: [{ name: 'FILE', required: true, says: 'path of the new file', completes: 'file' }],
    options: [
      {
        name: 'to',
        value: 'NAME,…',
        repeatable: true,
        says: 'who may read it; may be given several times',
        completes: 'reader',
      },
      {
        name: 'generate',
        value: 'KIND',
        says: `make the value: ${valueKinds.join(', ')}`,
        completes: valueKinds,
      },
      {
        name: 'length',
        value: 'N',
        says: 'characters of the password (32), words (8, of 11 bits each), random bytes (32), or bits of the RSA key (3072)',
        completes: 'nothing',
      },
      {
        name: 'alphabet',
        value: 'CHARS',
        says: 'of the password: alphanumeric, readable, printable, digits, or the characters themselves',
        completes: 'nothing',
      },
      { name: 'separator', value: 'TEXT', says: 'between words (-); may be empty', completes: 'nothing' },
      { name: 'comment', value: 'TEXT', says: 'of the ssh key', completes: 'nothing' },
      { name: 'user', value: 'NAME', says: 'of the htpasswd line', completes: 'nothing' },
      {
        name: 'password-in',
        value: 'FILE',
        says: 'make the password of the hash, too, and keep it as the secret FILE',
        completes: 'file',
      },
      fromFile,
      typedValue,
      { name: 'armor', says: 'write text instead of binary' },
      { name: 'allow-empty', says: 'also write an empty value' },
      acceptRecipient,
      allowUnreadable,
      dryRun,
    ],
    examples: [
      { command: 'keyhole new db.age --to alice,web1 --generate password', says: 'a fresh password' },
      { command: 'keyhole new wifi.age --to alice --generate words', says: 'eight words, to be typed' },
      { command: 'keyhole new keys/deploy.age --to ops --generate ssh-ed25519', says: 'and keys/deploy.pub' },
    ],
  },
  {
    name: 'mv',
    aliases: [],
    summary: 'rename secrets, with the rule entries that name them',
    details: [
      'Files and rule entries together, or nothing. The file stays as it is, byte for byte and without a key. Only where the new name has a rule already, with other readers, it is encrypted anew for those. The public half of a key, which new writes beside it, goes along, unless the rules read it. Other Nix files that name the file are not changed.',
    ],
    arguments: [
      { ...secret, repeatable: true, says: 'FILE; the whole path' },
      { name: 'TO', required: true, says: 'the new path, or a directory', completes: 'file' },
    ],
    options: [keepPublic, acceptRecipient, allowUnreadable, breakHardLinks, dryRun],
    examples: [{ command: 'keyhole mv secrets/db.age hosts/db1/', says: 'into another directory' }],
  },
  {
    name: 'cp',
    aliases: [],
    summary: 'copy secrets, with rule entries for the same readers or others',
    details: [
      'Files and rule entries together, or nothing. For the same readers the copy has the same bytes, and no key is needed; for others it is encrypted anew. A public half beside it is copied, too.',
    ],
    arguments: [
      { ...secret, repeatable: true, says: 'FILE; the whole path' },
      { name: 'TO', required: true, says: 'the new path, or a directory', completes: 'file' },
    ],
    options: [
      {
        name: 'to',
        value: 'NAME,…',
        repeatable: true,
        says: 'who may read the copy, instead of who reads the original',
        completes: 'reader',
      },
      keepPublic,
      acceptRecipient,
      allowUnreadable,
      dryRun,
    ],
    examples: [{ command: 'keyhole cp db.age db-test.age --to alice', says: 'for alice alone' }],
  },
  {
    name: 'rm',
    aliases: [],
    summary: 'remove secrets, with the rule entries that name them',
    details: [
      'All of them or none. The entries are taken out of the rules file, whose other text stays as it is; what is left was evaluated and says the same of every other secret, or nothing is removed. The public half of a key, which new writes beside it, goes too, unless the rules read it. keyhole undo brings all of it back.',
      'What somebody could read once stays in git and in their copies: change the value where it is used.',
    ],
    arguments: [{ ...secret, repeatable: true, says: 'FILE; the whole path' }],
    options: [
      { name: 'keep-rule', says: 'leave the rules file as it is' },
      keepPublic,
      yes,
      breakHardLinks,
      dryRun,
    ],
    examples: [{ command: 'keyhole rm secrets/old.age --dry-run', says: 'what it would change' }],
  },
  {
    name: 'undo',
    aliases: [],
    summary: 'take the last write back, byte for byte; needs no key',
    details: [
      'The very bytes that were there come back. Refused when somebody changed one of the files since. The last 50 writes are kept, as ciphertext, in .git/keyhole; keyhole redo does one again.',
    ],
    arguments: [],
    options: [dryRun],
    examples: [{ command: 'keyhole undo', says: 'as if the last set or rm had not been' }],
  },
  {
    name: 'redo',
    aliases: [],
    summary: 'do the last undone write again; needs no key',
    details: [],
    arguments: [],
    options: [dryRun],
    examples: [],
  },
  {
    name: 'recover',
    aliases: [],
    summary: 'finish or take back a write that was interrupted',
    details: [
      'Every start does this by itself: a write that was cut off is finished or taken back, all of it. Only where somebody changed one of its files since, nothing is touched, and this command decides.',
    ],
    arguments: [],
    options: [
      { name: 'finish', says: 'write those of its files that nobody changed since' },
      { name: 'abort', says: 'put those of its files back that nobody changed since' },
      { name: 'take-over', says: 'take the lock of a keyhole on another machine, which no longer runs' },
    ],
    examples: [{ command: 'keyhole recover', says: 'what was interrupted, and what became of it' }],
  },
] as const satisfies readonly CommandSpec[];
