import type { Change } from '../../core/change.ts';
import { chooseRekey } from '../../core/choose-rekey.ts';
import { counted } from '../../core/counted.ts';
import { secretsOf } from '../../core/matrix.ts';
import { type Outcome, ok } from '../../core/outcome.ts';
import type { Plan } from '../../core/plan.ts';
import type { Repository } from '../../core/repository.ts';
import type { SecretId } from '../../core/secret.ts';
import type { Session } from '../session.ts';
import { type HeldValue, inOrder, type OpenValuesOptions, openValues } from './open-values.ts';
import { refusal, type Skipped, unfitFor } from './refusal.ts';
import { rekeyNotes } from './rekey-notes.ts';

export interface RekeyInput extends OpenValuesOptions {
  /** None means every secret. */
  readonly ids: readonly SecretId[];
  /** Also what is right already, or may be. */
  readonly all: boolean;
  /** Only secrets that the rules give to one of these, or whose files they may open. */
  readonly readers: readonly string[];
  /** What cannot be opened is left as it is, and the rest written all the same. */
  readonly partial: boolean;
  readonly breakHardLinks: boolean;
}

export interface PreparedRekey {
  /** `null`: there is nothing to write. */
  readonly plan: Plan | null;
  readonly label: string;
  readonly notes: readonly string[];
  /** With `partial`: what is not written, and why. */
  readonly skipped: readonly Skipped[];
  /** How many files have the readers of their rules already. */
  readonly right: number;
}

/**
 * What writing files anew for the readers of their rules would do. Every file is opened first; where one cannot be,
 * nothing is written, unless `partial` says otherwise. Errors: `not-found`, those of opening and of `Writer.plan`.
 */
export async function prepareRekey(session: Session, input: RekeyInput): Promise<Outcome<PreparedRekey>> {
  const repository = session.repository();
  const wanted = idsOf(repository, input);
  if (!wanted.ok) return wanted;
  const label = labelOf(wanted.value ?? []);
  if (wanted.value?.length === 0) return ok({ plan: null, label, notes: [], skipped: [], right: 0 });
  const choice = chooseRekey(repository, {
    ids: wanted.value,
    isNamed: input.ids.length > 0,
    all: input.all,
  });
  if (!choice.ok) return choice;
  const { rewrite, left, refused } = choice.value;
  const unfit = rewrite.flatMap(({ id, declared }) => unfitFor(repository, id, declared));
  const fit = rewrite.map(({ id }) => id).filter((id) => !unfit.some((one) => one.id === id));
  const early = [...refused, ...unfit];
  if (early.length > 0 && !input.partial) return refusal(early, rewrite.length + refused.length);
  const opened = await openValues(session, fit, input);
  if (!opened.ok) return opened;
  const { held, failed } = opened.value;
  const skipped = [...early, ...failed];
  const writer = await session.writer();
  const dropAll = (): void => {
    for (const { ref } of held) writer.drop(ref);
  };
  if (skipped.length > 0 && !input.partial) {
    dropAll();
    return refusal(skipped, rewrite.length);
  }
  const notes = rekeyNotes(left);
  const right = left.right.length;
  if (held.length === 0) return ok({ plan: null, label, notes, skipped, right });
  const plan = await writer.plan(inOrder(held).map(changeOf), { breakHardLinks: input.breakHardLinks });
  if (!plan.ok) {
    dropAll();
    return plan;
  }
  return ok({ plan: plan.value, label: labelOf(held.map(({ id }) => id)), notes, skipped, right });
}

/** `null` for every secret. */
function idsOf(repository: Repository, { ids, readers }: RekeyInput): Outcome<readonly SecretId[] | null> {
  if (readers.length === 0) return ok(ids.length === 0 ? null : ids);
  const found = new Set<SecretId>();
  for (const reader of readers) {
    const secrets = secretsOf(repository, reader);
    if (!secrets.ok) return secrets;
    for (const { id } of secrets.value) found.add(id);
  }
  return ok(ids.length === 0 ? [...found] : ids.filter((id) => found.has(id)));
}

const changeOf = ({ id, ref, size, file }: HeldValue): Change => ({
  kind: 'put',
  secret: id,
  value: ref,
  size,
  instead: file,
  meant: 'all',
});

const labelOf = (ids: readonly SecretId[]): string =>
  ids.length === 1 ? `rekey ${ids[0]}` : ids.length === 0 ? 'rekey' : `rekey ${counted(ids.length, 'file')}`;
