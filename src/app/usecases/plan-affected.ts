import type { Change } from '../../core/change.ts';
import { type Outcome, ok } from '../../core/outcome.ts';
import type { Plan } from '../../core/plan.ts';
import type { RecipientId } from '../../core/recipient.ts';
import type { Repository } from '../../core/repository.ts';
import { sameKeys } from '../../core/same-keys.ts';
import type { Secret } from '../../core/secret.ts';
import type { ChangedReaders } from '../../store/backends/agenix/evaluated-anew.ts';
import type { Session } from '../session.ts';
import { inOrder, type OpenValuesOptions, openValues } from './open-values.ts';
import { refusal, unfitFor } from './refusal.ts';

/** A secret and the readers that its file is to have. */
export interface Affected {
  readonly secret: Secret;
  readonly readers: readonly RecipientId[];
}

/** Every secret to which the changed rules give other readers. */
export function affectedBy({ secrets }: Repository, { declared }: ChangedReaders): readonly Affected[] {
  return secrets.flatMap((secret) => {
    const readers = secret.rule ? declared(secret.rule.rulesFile, secret.rule.key) : null;
    return readers === null || sameKeys(readers, secret.declared) ? [] : [{ secret, readers }];
  });
}

export interface AffectedFiles {
  readonly files: readonly Affected[];
  readonly rewrites: ChangedReaders['rewrites'];
  /** Keys that are meant to gain or lose files. */
  readonly keys: readonly RecipientId[];
}

/**
 * One plan for rules and every file that follows from them. Every file is opened first; where one cannot be, nothing is
 * written. Errors: those of opening and of `Writer.plan`, `cannot-encrypt`.
 */
export async function planAffected(
  session: Session,
  { files, rewrites, keys }: AffectedFiles,
  input: OpenValuesOptions & { readonly breakHardLinks: boolean },
): Promise<Outcome<Plan>> {
  const repository = session.repository();
  const unfit = files.flatMap(({ secret, readers }) => unfitFor(repository, secret.id, readers));
  if (unfit.length > 0) return refusal(unfit, 0);
  const opened = await openValues(
    session,
    files.map(({ secret }) => secret.id),
    input,
  );
  if (!opened.ok) return opened;
  const { held, failed } = opened.value;
  const writer = await session.writer();
  const dropAll = (): void => {
    for (const { ref } of held) writer.drop(ref);
  };
  if (failed.length > 0) {
    dropAll();
    return refusal(failed, 0);
  }
  const readersOf = new Map(files.map(({ secret, readers }) => [secret.id, readers]));
  const puts = inOrder(held).map(
    ({ id, ref, size, file }): Change => ({
      kind: 'put',
      secret: id,
      value: ref,
      size,
      instead: file,
      readers: readersOf.get(id) ?? [],
      meant: keys,
    }),
  );
  const plan = await writer.plan([...puts, ...rewrites], { breakHardLinks: input.breakHardLinks });
  if (!plan.ok) dropAll();
  return plan.ok ? ok(plan.value) : plan;
}
