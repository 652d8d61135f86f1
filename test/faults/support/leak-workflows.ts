import { marker } from '../../support/leak-marks.ts';

export interface Workflow {
  readonly words: readonly string[];
  /** What was done before, unwatched. */
  readonly before?: readonly (readonly string[])[];
  readonly input?: string;
  /** What the editor does, if one is started; $1 is the file. */
  readonly editor?: string;
  /** Files whose values the program makes up. */
  readonly makes?: readonly string[];
  /** Where a value is meant to go; nowhere, if not given. */
  readonly goesTo?: RegExp;
  readonly status?: number;
  /** Killed as it enters this call. */
  readonly killedAt?: readonly [call: string, count: number];
}

/** In the secrets from the start, and given to the program later. */
export const old = marker();
export const fresh = marker();

export const values: Readonly<Record<string, string>> = {
  'db.age': `${old}\n`,
  'app.json.age': `{"a": {"b": "x"}, "c": "${old}"}`,
};

const stdout = /^write\(1</;
const editor = /^p?write(64)?\(\d+<\/dev\/shm\/keyhole-leak-[^/]+\/keyhole\/owner\./;
const typing = 'head -c 1000 "$(dirname "$0")/typed" >';

const to = ['--to', 'alice,bob'];
const generated = (kind: string, ...more: readonly string[]): Workflow => ({
  words: ['new', 'made.age', ...to, '--generate', kind, ...more],
  makes: ['made.age'],
});
const hashed = (kind: string, ...more: readonly string[]): Workflow => ({
  ...generated(kind, ...more),
  input: fresh,
});

const reading: readonly Workflow[] = [
  { words: ['list', '--json'] },
  { words: ['check', '-v'] },
  { words: ['get', 'db.age'], goesTo: stdout },
  { words: ['get', 'db.age', '--json'], goesTo: stdout },
  { words: ['get', 'app.json.age#c'], goesTo: stdout },
  { words: ['get', 'app.json.age#'] },
  { words: ['get', 'db.age', '-o', 'out'], goesTo: /^p?write(64)?\(\d+<[^>]*\/repository\/[^>/]*>/ },
];

const writing: readonly Workflow[] = [
  { words: ['set', 'db.age'], input: fresh },
  { words: ['set', 'db.age', '--from-file', '../editor/typed'] },
  { words: ['set', 'db.age', '--dry-run', '--json'], input: fresh },
  { words: ['set', 'app.json.age'], input: `{"a": {"b": "y"}, "c": "${fresh}"}` },
  { words: ['set', 'app.json.age#a.b'], input: fresh },
  { words: ['set', 'app.json.age#a.new', '--create'], input: fresh },
  { words: ['new', 'made.age', ...to], input: fresh },
  { words: ['new', 'made.age', ...to, '--from-file', '../editor/typed'] },
  { words: ['mv', 'db.age', 'moved.age'] },
  { words: ['cp', 'db.age', 'copy.age'] },
  { words: ['cp', 'db.age', 'copy.age', '--to', 'alice'] },
  { words: ['rm', 'db.age'] },
  { words: ['rekey', '--all'] },
  { words: ['rekey', '--all', '--dry-run', '--json'] },
  { words: ['revoke', 'bob', 'db.age', 'app.json.age'] },
  { words: ['grant', 'bob', 'db.age'], before: [['revoke', 'bob', 'db.age']] },
  { words: ['undo'], before: [['set', 'db.age']], input: fresh },
  { words: ['redo'], before: [['set', 'db.age'], ['undo']], input: fresh },
  { words: ['edit', 'db.age'], editor: `${typing} "$1"`, goesTo: editor },
  { words: ['edit', 'app.json.age#c'], editor: `${typing} "$1"`, goesTo: editor },
  { words: ['edit', 'db.age'], editor: 'true', goesTo: editor },
  { words: ['commit', '-y', '-m', 'changed'], before: [['set', 'db.age']], input: fresh },
];

const making: readonly Workflow[] = [
  ...['password', 'words', 'hex', 'base64', 'base64url', 'uuid', 'ssh-ed25519', 'age', 'wireguard'].map(
    (kind) => generated(kind),
  ),
  generated('ssh-rsa', '--length', '2048'),
  ...['bcrypt', 'sha512-crypt'].map((kind) => hashed(kind)),
  hashed('htpasswd', '--user', 'web'),
  { ...generated('sha512-crypt', '--password-in', 'typed.age'), makes: ['made.age', 'typed.age'] },
];

const refused: readonly Workflow[] = [
  { words: ['get', 'app.json.age#none'], status: 10 },
  { words: ['get', 'db.age', '-o', '/nonexistent/out'], status: 18 },
  { words: ['set', 'app.json.age'], input: `{"c": "${fresh}" broken`, status: 20 },
  { words: ['set', 'app.json.age#c.d'], input: fresh, status: 10 },
  { words: ['set', 'none.age'], input: fresh, status: 10 },
  { words: ['new', 'db.age', ...to], input: fresh, status: 18 },
  { words: ['new', 'made.age', '--to', 'nobody'], input: fresh, status: 10 },
  { words: ['edit', 'db.age'], editor: `${typing} "$1"; false`, goesTo: editor, status: 3 },
  { words: ['edit', 'app.json.age'], editor: `${typing} "$1"`, goesTo: editor, status: 20 },
];

const killed: readonly Workflow[] = [
  { words: ['set', 'db.age'], input: fresh, killedAt: ['rename', 2] },
  { words: ['set', 'db.age'], input: fresh, killedAt: ['rename', 3] },
  { words: ['new', 'made.age', ...to], input: fresh, killedAt: ['rename', 3] },
  { words: ['cp', 'db.age', 'copy.age', '--to', 'alice'], killedAt: ['rename', 3] },
  { words: ['edit', 'db.age'], editor: `${typing} "$1"`, goesTo: editor, killedAt: ['rename', 3] },
];

/** Everything one can do with values on the command line. */
export const workflows: Readonly<Record<string, readonly Workflow[]>> = {
  reading,
  writing,
  'making up a value': making,
  'what is refused': refused,
  'a kill, and the start after it': killed,
};
