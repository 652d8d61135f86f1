import { secretStates } from '../core/secret.ts';
import { accessCommands } from './access-commands.ts';
import { globs, secret } from './command-arguments.ts';
import type { CommandSpec } from './command-spec.ts';
import { commitCommand } from './commit-command.ts';
import { findingCommands } from './finding-commands.ts';
import { readerCommands } from './reader-commands.ts';
import { writingCommands } from './writing-commands.ts';

/** Every command there is, in the order in which help lists them. */
export const commandTable = [
  {
    name: 'list',
    aliases: ['ls'],
    summary: 'names, readers and state of the secrets; needs no key',
    details: [
      'One secret a line: name, format, state, whether a key found here opens it, and the readers its rules declare. Nothing is decrypted. Into a pipe the columns are separated by tabs.',
      'STATE is ok (proved to match the rules), drift (proved to differ), missing (a rule without a file), orphan (a file without a rule), damaged, or unknown (the recipients in the file are anonymous and cannot be compared, or the rules could not be read).',
      'With git the secrets are the files that git tracks, those that rules name, and untracked ones beside them: an age file in a directory of its own is found once it is added.',
    ],
    arguments: [globs],
    options: [
      {
        name: 'state',
        value: 'STATE',
        repeatable: true,
        says: 'only secrets in this state; may be given several times',
        completes: secretStates,
      },
      {
        name: 'reader',
        value: 'NAME',
        repeatable: true,
        says: 'only secrets of this reader (a name or a public key)',
        completes: 'reader',
      },
      {
        name: 'git',
        says: 'also what git would say of each file, found out without running what the repository configures',
      },
    ],
    examples: [
      { command: 'keyhole list --state drift', says: 'what differs from the rules' },
      { command: 'keyhole list --json "hosts/**"', says: 'for a script' },
    ],
  },
  {
    name: 'get',
    aliases: ['show', 'cat'],
    summary: 'the exact bytes of a secret to stdout, nothing added',
    details: [
      'FILE is a path relative to the repository or to the working directory. FILE#KEY.PATH is one value inside a dotenv, JSON, YAML, INI or key=value text; FILE# lists the keys. A key that holds a dot or # is written in JSON quotes: FILE#"a.b".c',
      'On a terminal, binary and control characters are printed only after a question; -o - prints them without one. With --json the value is a string, or base64 when it is not text.',
    ],
    arguments: [secret],
    options: [
      {
        name: 'output',
        short: 'o',
        value: 'FILE',
        says: 'write to FILE, readable by you alone, instead of stdout; - is stdout',
        completes: 'file',
      },
      { name: 'force', says: 'replace FILE if it exists' },
    ],
    examples: [
      { command: 'keyhole get secrets/db.age', says: 'print it' },
      { command: 'keyhole get app.env.age#DB_PASSWORD', says: 'one value' },
      { command: 'keyhole get tls.age -o key.pem', says: 'to a file with mode 0600' },
    ],
    showsValues: true,
  },
  {
    name: 'copy',
    aliases: [],
    summary: 'a secret to the clipboard, cleared after 45 seconds',
    details: [
      'Works over SSH: through tmux when inside tmux, else by asking the terminal (OSC 52), else through the desktop. It says which of these it did; a terminal cannot confirm that it obeyed.',
    ],
    arguments: [secret],
    options: [],
    examples: [{ command: 'keyhole copy app.env.age#DB_PASSWORD', says: 'one value' }],
    showsValues: true,
  },
  ...writingCommands,
  ...readerCommands,
  commitCommand,
  ...accessCommands,
  ...findingCommands,
  {
    name: 'demo',
    aliases: [],
    summary: 'a throwaway repository with a throwaway key, opened in the UI',
    details: [
      'Made in DIR, which must not exist or be empty, or in a temporary directory. The repository is DIR/nix-config, its key lies beside it. Without a terminal it is only made. Where it lies is printed, and the command that lists it.',
    ],
    arguments: [
      { name: 'DIR', required: false, says: 'where to make it; kept afterwards', completes: 'directory' },
    ],
    options: [],
    examples: [{ command: 'keyhole demo', says: 'look around without any risk' }],
  },
  {
    name: 'completion',
    aliases: [],
    summary: 'completion script for bash, zsh or fish',
    details: [
      'bash: source <(keyhole completion bash). zsh: keyhole completion zsh > a directory of $fpath, as _keyhole. fish: keyhole completion fish > ~/.config/fish/completions/keyhole.fish',
    ],
    arguments: [
      { name: 'SHELL', required: true, says: 'bash, zsh or fish', completes: ['bash', 'zsh', 'fish'] },
    ],
    options: [],
    examples: [],
  },
  {
    name: 'help',
    aliases: [],
    summary: 'explain a command or a topic',
    details: [],
    arguments: [
      {
        name: 'TOPIC',
        required: false,
        says: 'a command, or a topic such as exit-codes or keys',
        completes: 'command-or-topic',
      },
    ],
    options: [],
    examples: [],
  },
  {
    name: 'internal-complete',
    aliases: [],
    summary: 'candidates for the word being typed; called by the completion scripts',
    details: [],
    arguments: [{ name: 'WORD', required: false, repeatable: true, says: 'the words', completes: 'nothing' }],
    options: [],
    examples: [],
    hidden: true,
  },
  {
    name: 'internal-clear-clipboard',
    aliases: [],
    summary: 'clears the clipboard after a while; started by copy, told on stdin what to do',
    details: [],
    arguments: [],
    options: [],
    examples: [],
    hidden: true,
  },
  {
    name: 'internal-derive-key',
    aliases: [],
    summary: 'tries one passphrase, given on stdin, in a process that can be stopped',
    details: [],
    arguments: [],
    options: [],
    examples: [],
    hidden: true,
  },
] as const satisfies readonly CommandSpec[];

export type CommandName = (typeof commandTable)[number]['name'];

/** The command with this name or alias. */
export function findCommand(word: string): (CommandSpec & { readonly name: CommandName }) | undefined {
  return commandTable.find((command) => command.name === word || aliasesOf(command).includes(word));
}

const aliasesOf = (command: CommandSpec): readonly string[] => command.aliases;
