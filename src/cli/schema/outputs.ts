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

/** What each command prints with `--json`, after `schema` and `ok`. */
export const outputs = {
  list: object({ root: text(), rules: list(rules), secrets: list(secret), problems: list(problem) }),
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
  matrix: object({
    readers: list(object({ name: text(), kind: readerKind, keys: list(key) })),
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
        key,
        declared: yesNoUnknown,
        onFile: yesNoUnknown,
      }),
    ),
    recipients,
  }),
  what: object({
    reader: text(),
    kind: readerKind,
    keys: list(key),
    secrets: list(object({ id: text(), state, declared: yesNoUnknown, onFile: yesNoUnknown })),
  }),
  check: object({
    root: text(),
    summary: object({
      files: integer(),
      ok: integer(),
      drift: integer(),
      missing: integer(),
      orphan: integer(),
      damaged: integer(),
      unknown: integer(),
      problems: integer(),
      findings: integer(),
    }),
    findings: list(
      object({
        rule: oneOf([
          'drift',
          'missing',
          'orphan',
          'damaged',
          'problem',
          'duplicate-key',
          'unsupported-key',
          'placeholder-key',
        ]),
        kind: text('finer than rule, e.g. extra-reader or missing-reader for drift'),
        severity: oneOf(['high', 'medium', 'low']),
        subject: text('the secret, file or key it is about'),
        says: text(),
        evidence: text(),
      }),
    ),
  }),
  demo: object({ repository: text(), identity: text('private key file') }),
  completion: object({ shell: text(), script: text() }),
  help: object({ text: text() }),
  version: object({ version: text() }),
} as const satisfies Record<string, Schema<unknown>>;

export type OutputName = keyof typeof outputs;

/** The schema of a whole output, for `docs/schema/NAME.json`. */
export function documentSchema(name: OutputName | 'error'): JsonSchema & { readonly $schema: string } {
  const body = name === 'error' ? failure.json : outputs[name].json;
  // check is not ok when it has findings, and still tells them.
  const isOk = name === 'error' ? exactly(false) : name === 'check' ? boolean() : exactly(true);
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
  }),
});
