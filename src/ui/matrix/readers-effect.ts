import type { Session } from '../../app/session.ts';
import type { Agreement } from '../../app/usecases/apply-agreed.ts';
import type { OpenValuesOptions } from '../../app/usecases/open-values.ts';
import type { PreparedRekey } from '../../app/usecases/prepare-rekey.ts';
import type { SavedEdit } from '../../app/usecases/save-edit.ts';
import type { TextChange } from '../../app/usecases/texts-of-plan.ts';
import { fail, type Outcome, ok } from '../../core/outcome.ts';
import type { Plan } from '../../core/plan.ts';
import type { Recipient } from '../../core/recipient.ts';
import type { ReadersWish } from './readers-wish.ts';

/** What became of giving files other readers, with what somebody who is asked about it should see. */
export interface ReadersReply {
  readonly label: string;
  readonly outcome: Outcome<SavedEdit>;
  readonly notes: readonly string[];
  readonly texts: readonly TextChange[];
}

interface Prepared {
  readonly plan: Plan | null;
  readonly label: string;
  readonly notes: readonly string[];
  /** A key that is new, under the name it gets. */
  readonly fresh?: readonly Recipient[];
}

/** Works by what is on disk now; without an agreement to exactly this plan it only tells what it would do. */
export async function giveReaders(
  session: Session,
  wish: ReadersWish,
  agreed: Agreement,
  opening: OpenValuesOptions,
  onEncrypted: (done: number, total: number) => void,
): Promise<ReadersReply> {
  const failed = (outcome: Outcome<never>): ReadersReply => ({ label: '', outcome, notes: [], texts: [] });
  const read = await session.reload();
  if (!read.ok) return failed(read);
  const prepared = await prepare(session, wish, opening);
  if (!prepared.ok) return failed(prepared);
  const { plan, label, notes } = prepared.value;
  if (plan === null) {
    const says = [...notes, 'nothing to write'].join('; ');
    return { label, outcome: fail('refused', says), notes, texts: [] };
  }
  const { textsOfPlan } = await import('../../app/usecases/texts-of-plan.ts');
  const { applyAgreed } = await import('../../app/usecases/apply-agreed.ts');
  const texts = textsOfPlan(session.repository().root, plan);
  const options = {
    kind: 'write',
    label,
    onProgress: onEncrypted,
    ...(opening.signal && { signal: opening.signal }),
  } as const;
  const outcome = await applyAgreed(session, plan, agreed, options, prepared.value.fresh);
  return { label, outcome: outcome.ok ? ok(outcome.value) : outcome, notes, texts };
}

async function prepare(
  session: Session,
  wish: ReadersWish,
  opening: OpenValuesOptions,
): Promise<Outcome<Prepared>> {
  // The plan says which other names of a file keep the old content.
  const options = { breakHardLinks: true, ...opening };
  if (wish.kind === 'rekey') {
    const { prepareRekey } = await import('../../app/usecases/prepare-rekey.ts');
    const { ids, all } = wish;
    const prepared = await prepareRekey(session, { ...options, ids, all, readers: [], partial: true });
    return prepared.ok ? withSkipped(prepared.value) : prepared;
  }
  if (wish.kind === 'reader') {
    const { prepareReaderChange } = await import('../../app/usecases/prepare-reader-change.ts');
    const prepared = await prepareReaderChange(session, { ...options, request: wish.request });
    if (!prepared.ok) return prepared;
    const { doubts, notes } = prepared.value;
    return ok({ ...prepared.value, notes: [...doubts.map((says) => `! ${says}`), ...notes] });
  }
  const { prepareReaders } = await import('../../app/usecases/prepare-readers.ts');
  const toggles = wish.toggles.map(({ secret, reader, to }) => ({ secret, reader, to }));
  const alone = await prepareReaders(session, { ...options, toggles, editGroups: false });
  if (alone.ok || alone.error.code !== 'refused') return alone;
  // A list that others have readers from, too: what changing it comes to is what is asked about.
  const together = await prepareReaders(session, { ...options, toggles, editGroups: true });
  if (!together.ok) return alone;
  const byHand = /for this alone.*/s.exec(alone.error.hint ?? '');
  const notes = [`! ${alone.error.says}`, ...(byHand ? [byHand[0]] : []), ...together.value.notes];
  return ok({ ...together.value, notes });
}

/** What cannot be opened stays as it is, which is said; where that is all of it, nothing is to be asked. */
function withSkipped({ plan, label, notes, skipped }: PreparedRekey): Outcome<Prepared> {
  const [first] = skipped;
  if (plan === null && first) return { ok: false, error: { ...first.error, where: first.id } };
  return ok({
    plan,
    label,
    notes: [...skipped.map(({ id, error }) => `! ${id} stays as it is: ${error.says}`), ...notes],
  });
}
