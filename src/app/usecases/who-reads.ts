import { isDeclared, isOnFile, unnamedReaders } from '../../core/matrix.ts';
import { fail, type Outcome, ok } from '../../core/outcome.ts';
import type { RecipientId } from '../../core/recipient.ts';
import type { Repository } from '../../core/repository.ts';
import type { Session } from '../session.ts';
import { explainExtra } from './explain-extra.ts';
import { viewOfKindFrom } from './kind-from.ts';
import { readableOf } from './readable-of.ts';
import type { WhoInput, WhoOutput } from './types.ts';
import { viewOfUsage } from './usage-view.ts';
import { viewOfFormer, viewOfKey, viewOfProblem, viewOfRecipients } from './view-of.ts';

/** Every key that the rules allow for a secret or its file is known to hold. Error: `not-found`. */
export async function whoReads(session: Session, input: WhoInput): Promise<Outcome<WhoOutput>> {
  const repository = session.repository();
  const secret = repository.secrets.find(({ id }) => id === input.id);
  if (secret === undefined) return fail('not-found', `no secret called ${input.id}`);
  const usage = input.used ? await session.whereUsed() : null;
  if (usage?.ok === false) return usage;
  const known = (secret.comparison?.extra ?? [])
    .map((extra) => extra.recipient)
    .filter((id) => id !== undefined);
  const unnamed = unnamedReaders(secret).filter(({ tag }) => tag !== undefined);
  // Only here git is asked, and only where the answer is missing.
  const { former, notes } = unnamed.length > 0 ? await explainExtra(session) : { former: null, notes: [] };
  const past = unnamed.flatMap((extra) => viewOfFormer(former, extra));
  const keys = [...new Set([...secret.declared, ...known])];
  return ok({
    id: secret.id,
    state: secret.state,
    ruleProblem: secret.ruleProblem ? viewOfProblem(secret.ruleProblem) : null,
    readable: await readableOf(session, secret),
    readers: keys.map((key) => ({
      ...namesOf(repository, key),
      key: viewOfKey(repository, key),
      declared: isDeclared(secret, [key]),
      onFile: isOnFile(repository, secret, key),
    })),
    recipients: viewOfRecipients(repository, secret),
    former: past,
    historyNotes: past.length < unnamed.length ? notes : [],
    usage: usage && viewOfUsage(usage.value.of(secret.id), usage.value),
  });
}

function namesOf(
  repository: Repository,
  key: RecipientId,
): Pick<WhoOutput['readers'][number], 'names' | 'kind' | 'kindFrom'> {
  const readers = repository.readers.filter((reader) => reader.recipients.includes(key));
  const kinds = new Set(readers.map((reader) => reader.kind).filter((kind) => kind !== 'unknown'));
  const [kind] = kinds;
  return {
    names: readers.map((reader) => reader.name),
    kind: kind !== undefined && kinds.size === 1 ? kind : 'unknown',
    kindFrom: viewOfKindFrom(readers.find(({ kindFrom }) => kindFrom !== undefined)),
  };
}
