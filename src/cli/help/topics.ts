import { findingKinds, findingRuleNames, findingRules } from '../../core/audit/finding-rules.ts';
import { exitStatuses } from './exit-statuses.ts';

/** What `keyhole help` explains beside the commands. */
export interface Topic {
  readonly summary: string;
  /** Paragraphs of plain text; a line that starts with a space is kept as it is. */
  readonly text: () => readonly string[];
}

export const topics: Readonly<Record<string, Topic>> = {
  addresses: {
    summary: 'how a secret is named',
    text: () => [
      'FILE is a path relative to the repository, or to the working directory; ./FILE is relative to the working directory only. For get, copy, edit and who the end of a path is enough when only one secret ends so: db1/postgres.age, postgres.age and postgres.',
      'FILE#KEY.PATH is one value inside a dotenv, JSON, YAML, INI or key=value text; positions in a list count from 0. FILE# lists the keys. A key that holds a dot, # or quote is written as a JSON string:',
      '  keyhole get \'app.json.age#"example.com".password\'',
      'After -- names may start with a dash.',
    ],
  },
  agents: {
    summary: 'what a language-model agent may see',
    text: () => [
      'With KEYHOLE_AGENT=1 in the environment, or --agent, everything that shows a value (get, copy, edit and the UI) ends with an error. list, who, what, matrix and check work: they never decrypt anything; audit does with -i, and shows no value. So do set, new, mv, cp, rm, grant, revoke, reader, rekey and undo: they show no value, and new makes values that nobody sees.',
    ],
  },
  aliases: {
    summary: 'names of your own for keys',
    text: () => [
      'keyhole/aliases in $XDG_CONFIG_HOME, or ~/.config, has a key and its name on each line, as .pub files do, and comments with #:',
      '  ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI... the old laptop',
      '  age1h4562jrvf2m4wf0t5d8350humdl85gz6h2vvu... Carol',
      'The name stands first wherever the key is named, and what, --to, --reader, grant and revoke take it. It names that key and no other: where it is also the name of another key in the rules, part of the key stands beside it, and --to, grant and revoke want the key itself. What check finds is called as the repository calls it, so that it is the same for everybody. A line that cannot be used is told by its number, and the others count all the same.',
    ],
  },
  'new-readers': {
    summary: 'when the rules name somebody who was not there before',
    text: () => [
      'Whoever can push to a repository can put a key of theirs into its rules, or their key in the place of another. So keyhole remembers, outside of the repository, whom you accepted there: at the first write all whom the rules name, which it says, and afterwards nobody unasked. A key that is new stops what would be encrypted to it. In a terminal and in the UI it is shown whole, with the place in the rules and the files that it would read, and a yes accepts it. Otherwise the status is 17 and nothing is written, unless --accept-recipient names that key.',
      'Who names a key, or a reader that was never another key, in new --to or cp --to has accepted it thereby; a group is not a name, since the rules say who is in it. A key that the rules leave out is no longer accepted at the next write, and asked about where it comes back. Reading, and undo, which puts back the bytes that were there, ask nothing.',
      'The list is keyhole/readers-*.json in $XDG_STATE_HOME, or ~/.local/state: public keys and their names, readable for you alone. It belongs to the path of the repository: another clone or work tree, and one that was moved, begins anew with a first write. One that is damaged, or that others can write, is not replaced: writes stop with status 16 until it is put right or removed.',
    ],
  },
  environment: {
    summary: 'variables that are read',
    text: () => [
      '  RULES                 rules file, like --rules',
      '  KEYHOLE_AGENT=1       like --agent',
      '  KEYHOLE_ALLOW_DEBUG=1 load keys although Node runs with a debugger or preload',
      '  KEYHOLE_CLIPBOARD     the way to copy: tmux, screen, osc52 or desktop',
      '  NO_COLOR              no colour',
      '  COLUMNS               width of lines in a terminal, instead of its own',
      '  VISUAL, EDITOR        the editor of keyhole edit, with its options',
      '  XDG_CONFIG_HOME       below it are aliases and keys; else in ~/.config',
      '  XDG_STATE_HOME        below it is remembered whom you accepted as readers; else in ~/.local/state',
      '  XDG_RUNTIME_DIR       what is edited is in memory below it, else in /dev/shm',
      '  SOPS_AGE_KEY, SOPS_AGE_KEY_FILE',
      '                        private keys, tried after -i',
      '  NODE_DISABLE_COMPILE_CACHE=1',
      '                        keep nothing',
    ],
  },
  checks: {
    summary: 'what check finds',
    text: () => [
      ...findingRuleNames.flatMap((rule) =>
        findingKinds
          .filter((kind) => findingRules[kind].rule === rule)
          .map(
            (kind) =>
              `  ${rule.padEnd(17)} ${findingRules[kind].severity.padEnd(7)} ${findingRules[kind].means}`,
          ),
      ),
    ],
  },
  'exit-codes': {
    summary: 'exit statuses and error codes',
    text: () =>
      exitStatuses().map(
        ({ exit, code, means }) => `  ${String(exit).padStart(3)}  ${code.padEnd(17)} ${means}`,
      ),
  },
  json: {
    summary: 'what --json prints',
    text: () => [
      'Exactly one object on stdout, {"schema":1,"ok":true,...}. On failure {"schema":1,"ok":false,"error":{"code","exit","says","hint","where","details"}} with the same exit status. Notes go to stderr. There is a JSON Schema of each command\'s output in docs/schema. check and audit print their findings with "ok":false and exit 14 when there are any.',
    ],
  },
  writing: {
    summary: 'what happens when something is written',
    text: () => [
      'set, edit, new, mv, cp, rm, undo and redo write all of their files or none. Whatever interrupts them, the next start of keyhole finishes or takes back the whole of it; only where somebody changed one of the files since, keyhole recover asks for a decision.',
      'The last 50 writes can be undone, as long as nobody changed their files since. What undo needs is kept in .git/keyhole, or in .keyhole where there is no git: ciphertext and rules, never a value.',
      'With --dry-run the plan is printed and nothing is written. When another keyhole is writing, it is waited for up to three seconds.',
    ],
  },
  keys: {
    summary: 'keys of the UI',
    text: () => [],
  },
};
