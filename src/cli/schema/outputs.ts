import { warningCodes } from '../../core/plan.ts';
import { checkParts, rotation } from './finding-parts.ts';
import * as parts from './parts.ts';
import {
  boolean,
  exactly,
  integer,
  type JsonSchema,
  list,
  nullable,
  object,
  oneOf,
  type Schema,
  text,
} from './schema.ts';

const { key, problem, readerKind, recipients, rules, secret, state, yesNoUnknown } = parts;

/** What writing cannot do: for a file that no key opens, and for a value that somebody has read. */
const leftOvers = {
  skipped: list(
    object({ path: text(), code: parts.errorCode, says: text() }),
    'with --partial: left as they are, and why',
  ),
  rotate: list(text(), 'secrets whose value a reader who loses them may know, and git keeps'),
};

/** What each command prints with `--json`, after `schema` and `ok`. */
export const outputs = {
  list: object({ root: text(), rules: list(rules), secrets: list(secret), problems: list(problem) }),
  'list-git': object({
    root: text(),
    rules: list(rules),
    secrets: list(secret),
    problems: list(problem),
    git: nullable(
      list(
        object({
          path: text('a secret or a rules file'),
          tree: oneOf(['clean', 'modified', 'deleted', 'untracked', 'conflicted', 'unknown']),
          isStaged: boolean('the index differs from the last commit'),
        }),
        'without files that git does not know and that are not there',
      ),
    ),
  }),
  get: object({
    id: text(),
    key: nullable(list(text(), 'path of keys; null for the whole file')),
    size: integer('bytes of the value'),
    encoding: oneOf(['utf-8', 'base64']),
    value: text(),
  }),
  'get-keys': object({
    id: text(),
    kind: oneOf(['dotenv', 'json', 'yaml', 'ini', 'pem', 'key-value', 'text', 'binary']),
    keys: list(object({ address: text('argument for get'), path: list(text()), size: integer() })),
  }),
  'get-output': object({
    id: text(),
    key: nullable(list(text())),
    size: integer('bytes written'),
    output: text('absolute path of the file'),
  }),
  copy: object({
    id: text(),
    key: nullable(list(text())),
    route: oneOf(['tmux', 'osc52', 'screen', 'desktop']),
    certainty: oneOf(['copied', 'sent']),
    clearsAfterSeconds: nullable(integer()),
    says: text(),
  }),
  written: object({
    label: text('what was done, without a value'),
    changed: boolean(),
    files: list(object({ path: text(), did: oneOf(['replaced', 'created', 'deleted']) })),
    undoable: boolean(),
    ...leftOvers,
  }),
  plan: object({
    label: text('what would be done, without a value'),
    changed: boolean(),
    base: object(
      {
        head: nullable(text('commit')),
        files: list(object({ path: text(), sha256: nullable(text('null: no such file')) })),
      },
      'what must still be so when it is applied',
    ),
    steps: list(parts.step),
    texts: list(
      object({
        path: text(),
        lines: list(object({ sign: oneOf(['-', '+']), number: integer(), text: text() })),
      }),
      'what changes in files that are no secrets, such as the rules',
    ),
    warnings: list(
      object({
        code: oneOf(warningCodes),
        path: text(),
        says: text(),
        recipient: nullable(text('the public key that has to be accepted')),
      }),
    ),
    ...leftOvers,
  }),
  commit: object({
    commit: nullable(text('its id; null when none was made')),
    message: text(),
    files: list(
      object({
        path: text(),
        did: oneOf(['added', 'changed', 'deleted']),
        what: oneOf(['ciphertext', 'rules', 'public key', 'nothing'], 'nothing: the file is gone'),
        isMixed: boolean('it also holds changes that keyhole did not make'),
      }),
    ),
    leftOut: list(object({ path: text(), says: text() }), 'written by keyhole, and why not committed'),
    staged: list(text(), 'by somebody else; no part of the commit'),
    hooks: list(text(), 'that git runs'),
    settings: list(text(), 'keys of the repository that name other programs or settings'),
  }),
  recover: object({
    root: text(),
    writes: list(
      object({
        did: oneOf(['finished', 'taken-back', 'discarded', 'undecided', 'set-aside']),
        label: text(),
        files: list(text()),
        foreign: list(text(), 'changed by somebody else since, and left as they are'),
        aside: nullable(text('where what was prepared for those is kept')),
        says: list(text()),
      }),
      'that were interrupted; empty when none was',
    ),
  }),
  matrix: object({
    readers: list(
      object({
        name: text(),
        alias: nullable(text('what the user calls it')),
        kind: readerKind,
        kindFrom: parts.kindFrom,
        keys: list(key),
      }),
    ),
    rows: list(
      object({
        id: text(),
        state,
        cells: list(object({ declared: yesNoUnknown, onFile: yesNoUnknown }), 'in the order of readers'),
        unnamed: list(
          object({ kind: text('stanza type'), tag: nullable(text()) }),
          'in the file, and no key of the repository fits',
        ),
      }),
    ),
  }),
  who: object({
    id: text(),
    state,
    ruleProblem: nullable(problem),
    readable: yesNoUnknown,
    readers: list(
      object({
        names: list(text()),
        kind: readerKind,
        kindFrom: parts.kindFrom,
        key,
        declared: yesNoUnknown,
        onFile: yesNoUnknown,
      }),
    ),
    recipients,
    former: list(parts.former, 'those of recipients.extra whom only the history of git knows'),
    usage: nullable(parts.usage),
  }),
  what: object({
    reader: text(),
    kind: readerKind,
    kindFrom: parts.kindFrom,
    keys: list(key),
    secrets: list(object({ id: text(), state, declared: yesNoUnknown, onFile: yesNoUnknown })),
    unused: nullable(parts.unused),
  }),
  check: object(checkParts),
  audit: object({ ...checkParts, rotation: nullable(rotation) }),
  demo: object({ repository: text(), identity: text('private key file') }),
  completion: object({ shell: text(), script: text() }),
  help: object({ text: text() }),
  version: object({ version: text() }),
} as const satisfies Record<string, Schema<unknown>>;

export type OutputName = keyof typeof outputs;

/** The schema of a whole output, for `docs/schema/NAME.json`. */
export function documentSchema(name: OutputName | 'error'): JsonSchema & { readonly $schema: string } {
  const body = name === 'error' ? failure.json : outputs[name].json;
  // These are not ok when they have bad news, and still tell it.
  const mayFail = ['check', 'audit', 'recover', 'written', 'plan'].includes(name);
  const isOk = name === 'error' ? exactly(false) : mayFail ? boolean() : exactly(true);
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    ...body,
    properties: { schema: exactly(1).json, ok: isOk.json, ...body.properties },
    required: ['schema', 'ok', ...(body.required ?? [])],
  };
}

const failure = object({
  error: object({
    code: parts.errorCode,
    exit: integer('the exit status'),
    says: text('the cause, in lower case'),
    hint: nullable(text('what to do next')),
    where: nullable(text('file, file:line or identity')),
    details: list(text(), 'what was found on the way to it, such as the places where keys were looked for'),
  }),
});
