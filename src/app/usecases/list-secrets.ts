import { findCalled } from '../../core/matrix.ts';
import { noSuchReader } from '../../core/no-such-reader.ts';
import { type Outcome, ok } from '../../core/outcome.ts';
import type { RecipientId } from '../../core/recipient.ts';
import type { Repository } from '../../core/repository.ts';
import type { Secret } from '../../core/secret.ts';
import type { Session } from '../session.ts';
import { matchGlob } from './match-glob.ts';
import { readableOf } from './readable-of.ts';
import type { ListInput, ListOutput } from './types.ts';
import { viewOfProblem, viewOfSecret } from './view-of.ts';
import type { SecretView } from './views.ts';

/** Every secret that fits all the given filters, with its state and readers. Needs no key. Error: `not-found` (reader). */
export async function listSecrets(session: Session, input: ListInput): Promise<Outcome<ListOutput>> {
  const repository = session.repository();
  const wanted = keysOfReaders(repository, input.readers);
  if (!wanted.ok) return wanted;
  const fits = (secret: Secret): boolean =>
    (input.globs.length === 0 || input.globs.some((glob) => matchGlob(glob, secret.id))) &&
    (input.states.length === 0 || input.states.includes(secret.state)) &&
    (input.readers.length === 0 || hasReader(secret, wanted.value));
  const secrets: SecretView[] = [];
  for (const secret of repository.secrets.filter(fits)) {
    secrets.push(viewOfSecret(repository, secret, await readableOf(session, secret)));
  }
  const problems = repository.problems.map(viewOfProblem);
  return ok({ root: repository.root, rules: repository.rules, secrets, problems });
}

function hasReader(secret: Secret, keys: ReadonlySet<RecipientId>): boolean {
  const onFile = [
    ...(secret.comparison?.matched ?? []),
    ...(secret.comparison?.extra ?? []).map((extra) => extra.recipient),
  ];
  return [...secret.declared, ...onFile].some((id) => id !== undefined && keys.has(id));
}

function keysOfReaders(repository: Repository, names: readonly string[]): Outcome<ReadonlySet<RecipientId>> {
  const keys = new Set<RecipientId>();
  for (const name of names) {
    const reader = findCalled(repository, name);
    if (reader === undefined) return noSuchReader(repository, name);
    for (const id of reader.recipients) keys.add(id);
  }
  return ok(keys);
}
