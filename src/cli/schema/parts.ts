import { type ErrorCode, errorCodes } from '../../core/error-codes.ts';
import { secretStates } from '../../core/secret.ts';
import { boolean, integer, list, nullable, object, oneOf, text } from './schema.ts';

/** Pieces that several outputs share. */
export const state = oneOf(secretStates);
export const yesNoUnknown = oneOf(['yes', 'no', 'unknown']);
export const readerKind = oneOf(['host', 'person', 'unknown']);
export const kindFrom = nullable(
  object(
    { source: oneOf(['configuration', 'host-name', 'host-key']), file: text(), line: integer() },
    'where it is written that the reader is a host: nixosConfigurations, networking.hostName or age.rekey.hostPubkey',
  ),
);
export const errorCode = oneOf(Object.keys(errorCodes) as ErrorCode[]);

export const key = object({
  name: nullable(text('the best name the repository gives it')),
  alias: nullable(text('what the user calls it')),
  kind: oneOf(['x25519', 'hybrid', 'tag', 'tagpq', 'ssh-ed25519', 'ssh-rsa', 'plugin', 'unsupported']),
  key: text('the whole public key'),
});

export const problem = object({
  code: errorCode,
  says: text(),
  hint: nullable(text()),
  where: nullable(text('file, file:line or identity')),
});

const extra = object({
  kind: text('stanza type'),
  tag: nullable(text()),
  name: nullable(text()),
  alias: nullable(text('what the user calls it')),
  key: nullable(text()),
});

export const recipients = object({
  declared: list(key, 'what the rules declare'),
  extra: list(extra, 'in the file and not declared; where the rule cannot be read, everybody in the file'),
  missing: list(key, 'declared and proved not to be in the file'),
  missingAmong: object(
    { count: integer(), of: list(key) },
    'so many of these anonymous keys are missing; nobody can say which',
  ),
  unknown: integer('stanzas that cannot be attributed to a key'),
});

export const former = object({
  kind: text('stanza type'),
  tag: text(),
  name: nullable(text('what it was called')),
  key: text('the whole public key'),
  file: text('where it stood'),
  commit: text('that removed it, or added it where none did'),
  date: nullable(text('of the commit, YYYY-MM-DD')),
  did: oneOf(['removed', 'added']),
});

export const secret = object({
  id: text('path relative to the root'),
  backend: oneOf(['agenix']),
  format: oneOf(['age']),
  state,
  readable: yesNoUnknown,
  recipients,
  armored: boolean(),
  size: integer('bytes of the file; 0 when it is missing'),
  rule: nullable(object({ file: text(), key: text(), line: nullable(integer()) })),
  ruleProblem: nullable(problem),
  problem: nullable(problem),
});

export const rules = object({
  path: text(),
  entries: integer(),
  keysRelativeTo: oneOf(['rules-directory', 'repository-root']),
  evaluatedBy: oneOf(['keyhole', 'nix-instantiate']),
});

const readerChange = object(
  {
    before: nullable(integer('readers on the file now')),
    after: integer(),
    gains: list(key),
    gainsAmong: object({ count: integer(), of: list(key) }, 'so many of these; nobody can say which'),
    loses: list(extra),
  },
  'who gains and who loses the file, as far as its header proves',
);

export const step = object({
  do: oneOf(['encrypt', 'delete', 'copy', 'rewrite', 'restore']),
  path: text(),
  target: text('the file itself where path is a link'),
  before: nullable(text('SHA-256 of what is there; null: no such file')),
  size: nullable(integer('bytes of the new value, or of the new file where it is no secret')),
  armored: nullable(boolean()),
  readers: list(key, 'whom it is encrypted to'),
  readerChange: nullable(readerChange),
  from: nullable(text('whose bytes are copied')),
});

const hosts = list(
  object({ name: text(), how: oneOf(['directory', 'configuration', 'host-name', 'import']) }),
  'that the file seems to be for; empty when nothing tells',
);

export const usage = object(
  {
    declared: list(
      object({
        name: text('of age.secrets'),
        file: text(),
        line: integer(),
        linkedBy: oneOf(
          ['path', 'file-name', 'name'],
          'what says that this secret is meant: the path of its file, the end of it, or only the name',
        ),
        owner: nullable(text('as written; null when it is not, or computed')),
        group: nullable(text()),
        mode: nullable(text()),
        path: nullable(text()),
        hosts,
      }),
    ),
    used: list(
      object({
        by: nullable(object({ kind: oneOf(['service', 'container', 'option']), name: text() })),
        file: text(),
        line: integer(),
        hosts,
      }),
    ),
    named: list(object({ file: text(), line: integer(), hosts }), 'other places that name the file'),
    computed: list(
      object({ file: text(), line: integer() }),
      'where secrets of the repository are declared or read by names that only an evaluation knows',
    ),
    isComplete: boolean('whether every Nix file could be read'),
  },
  'with --used: a static guess from the text of Nix files, which were not evaluated',
);

export const unused = object(
  {
    host: object({
      name: text(),
      how: oneOf(['directory', 'configuration', 'host-name']),
      file: nullable(text()),
      line: nullable(integer()),
    }),
    perhaps: integer('secrets left out because files use them of which nobody knows whose they are'),
    doubt: nullable(text('why more may be used than was found')),
  },
  'with --unused: what the choice rests on, a static guess from the text of Nix files',
);
