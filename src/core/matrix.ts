import { aliasedKeys } from './aliases.ts';
import type { ExtraReader } from './comparison.ts';
import { noSuchReader } from './no-such-reader.ts';
import { type Outcome, ok } from './outcome.ts';
import type { Recipient, RecipientId, RecipientKind } from './recipient.ts';
import { labelOf, shortKey } from './recipient-label.ts';
import type { Reader, Repository } from './repository.ts';
import type { Secret, SecretId } from './secret.ts';

/**
 * One reader and one secret. `declared`: the rules allow it; `unknown` where they cannot be read. `actual`: the file can be read with one of the reader's
 * keys, as far as its header proves: anonymous stanzas (X25519) and unreadable files leave it `unknown`.
 */
export interface MatrixCell {
  readonly declared: 'yes' | 'no' | 'unknown';
  readonly actual: 'yes' | 'no' | 'unknown';
}

export interface Matrix {
  readonly rows: readonly SecretId[];
  /** The repository's readers, then one for each declared key that belongs to none of them. */
  readonly columns: readonly Reader[];
  /** A row or column that does not exist reads nothing. */
  cell(row: SecretId, column: string): MatrixCell;
  /** Readers on the file of a row who have no column, because the repository knows no key that fits them. */
  unnamed(row: SecretId): readonly ExtraReader[];
}

const nothing: MatrixCell = { declared: 'no', actual: 'no' };

/** Pure and lazy: cells are computed when asked for. */
export function buildMatrix(repository: Repository): Matrix {
  const columns = columnsOf(repository);
  const readers = new Map(columns.map((reader) => [reader.name, reader]));
  const secrets = new Map(repository.secrets.map((secret) => [secret.id, secret]));
  return {
    rows: repository.secrets.map((secret) => secret.id),
    columns,
    cell(row, column) {
      const secret = secrets.get(row);
      const reader = readers.get(column);
      return secret && reader ? cellOf(repository, secret, reader) : nothing;
    },
    unnamed(row) {
      const secret = secrets.get(row);
      return secret ? unnamedReaders(secret) : [];
    },
  };
}

/**
 * Every secret that the rules give to a reader or whose file it may open. `readerName` is a reader's name, the user's own
 * or one of the public keys. Error: `not-found`.
 */
export function secretsOf(
  repository: Repository,
  readerName: string,
): Outcome<readonly ({ readonly id: SecretId } & MatrixCell)[]> {
  const reader = findCalled(repository, readerName);
  if (!reader) return noSuchReader(repository, readerName);
  return ok(
    repository.secrets
      .map((secret) => ({ id: secret.id, ...cellOf(repository, secret, reader) }))
      .filter(({ declared, actual }) => declared === 'yes' || actual !== 'no'),
  );
}

/** A column by its name, or any key of the repository as a reader of its own. */
export function findReader(repository: Repository, name: string): Reader | undefined {
  const named = columnsOf(repository).find((reader) => reader.name === name);
  if (named) return named;
  const recipient = [...repository.recipients.keys()].find((id) => id === name);
  return recipient && { name, kind: 'unknown', recipients: [recipient] };
}

/** Whoever is called so, by the repository or by the user: several where both call somebody so. */
export function findCalled(repository: Repository, name: string): Reader | undefined {
  const named = findReader(repository, name);
  const keys = aliasedKeys(repository, name).filter((id) => repository.recipients.has(id));
  const [first] = keys;
  if (first === undefined) return named;
  const like = named ?? columnsOf(repository).find(({ recipients }) => recipients.includes(first));
  const recipients = [...new Set([...(named?.recipients ?? []), ...keys])];
  return { kind: 'unknown', ...like, name, recipients };
}

function columnsOf(repository: Repository): readonly Reader[] {
  const names = new Set(repository.readers.map((reader) => reader.name));
  const covered = new Set(repository.readers.flatMap((reader) => reader.recipients));
  const unnamed: Reader[] = [];
  for (const id of repository.secrets.flatMap((secret) => secret.declared)) {
    if (covered.has(id)) continue;
    covered.add(id);
    // A comment may carry the name of somebody else's column; a key never hides behind it.
    const recipient = repository.recipients.get(id);
    const name = [recipient ? labelOf(recipient) : id, shortKey(id)].find((label) => !names.has(label)) ?? id;
    names.add(name);
    unnamed.push({
      name,
      kind: 'unknown',
      recipients: [id],
      ...(recipient?.alias && { alias: recipient.alias }),
    });
  }
  return [...repository.readers, ...unnamed];
}

function cellOf(repository: Repository, secret: Secret, reader: Reader): MatrixCell {
  const answers = reader.recipients.map((id) => isOnFile(repository, secret, id));
  return {
    declared: isDeclared(secret, reader.recipients),
    actual: answers.includes('yes') ? 'yes' : answers.includes('unknown') ? 'unknown' : 'no',
  };
}

/** Whether the rules give a secret to one of these keys. */
export function isDeclared(secret: Secret, keys: readonly RecipientId[]): MatrixCell['declared'] {
  if (secret.ruleProblem !== undefined) return 'unknown';
  return keys.some((id) => secret.declared.includes(id)) ? 'yes' : 'no';
}

/** Readers on the file of whom no more is known than what their stanza says: never a name. */
export const unnamedReaders = ({ comparison }: Secret): readonly ExtraReader[] =>
  (comparison?.extra ?? []).filter(({ recipient }) => recipient === undefined);

/** Whether the file of a secret can be read with one key, as far as its header proves. */
export function isOnFile(repository: Repository, secret: Secret, id: RecipientId): MatrixCell['actual'] {
  const { comparison } = secret;
  if (!comparison) return secret.state === 'missing' ? 'no' : 'unknown';
  if (comparison.verdict === 'invalid') return 'unknown';
  if (comparison.matched.includes(id) || comparison.extra.some((extra) => extra.recipient === id))
    return 'yes';
  if (comparison.missing.includes(id)) return 'no';
  const recipient = repository.recipients.get(id);
  if (!comparison.stanzaTypes.some((type) => mayWrite(recipient, type))) return 'no';
  const ssh = recipient?.kind === 'ssh-ed25519' || recipient?.kind === 'ssh-rsa';
  // SSH stanzas are never anonymous: one of this key would have been recognised. Only when it is declared together
  // with another key of the same tag is it neither matched nor missing.
  if (ssh && !secret.declared.includes(id)) return 'no';
  return comparison.unknown > 0 || comparison.extra.length > 0 ? 'unknown' : 'no';
}

/** The one type of stanza that age writes for a kind of key. */
const ownType: Partial<Record<RecipientKind, string>> = {
  x25519: 'X25519',
  hybrid: 'mlkem768x25519',
  tag: 'p256tag',
  tagpq: 'mlkem768p256tag',
  'ssh-ed25519': 'ssh-ed25519',
  'ssh-rsa': 'ssh-rsa',
};

/** Whether encrypting to the key may give a stanza of this type: plugins may write any but those of ssh keys. */
function mayWrite(recipient: Recipient | undefined, type: string): boolean {
  const own = recipient && ownType[recipient.kind];
  return own === undefined ? !['ssh-ed25519', 'ssh-rsa', 'scrypt'].includes(type) : own === type;
}
