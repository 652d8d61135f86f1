import type { Session } from '../../app/session.ts';
import type { SavedEdit } from '../../app/usecases/save-edit.ts';
import type { TextChange } from '../../app/usecases/texts-of-plan.ts';
import { type Outcome, ok } from '../../core/outcome.ts';
import type { SecretId } from '../../core/secret.ts';
import type { AskPassphrase } from '../../crypto/keyring.ts';
import type { Effect } from './effect.ts';

/** What became of moving or copying, with what somebody who is asked about it should see. */
export interface TransferReply {
  readonly label: string;
  /** What the secrets are called afterwards, as far as it came to that. */
  readonly ids: readonly SecretId[];
  readonly outcome: Outcome<SavedEdit>;
  readonly notes: readonly string[];
  readonly texts: readonly TextChange[];
}

/** Moves or copies by what is on disk now; without an agreement to exactly this plan it only tells what it would do. */
export async function transfer(
  session: Session,
  { kind, ids, to, agreed }: Effect & { readonly type: 'transfer' },
  ask: AskPassphrase,
): Promise<TransferReply> {
  const failed = (outcome: Outcome<never>): TransferReply => ({
    label: kind,
    ids: [],
    outcome,
    notes: [],
    texts: [],
  });
  const read = await session.reload();
  if (!read.ok) return failed(read);
  const { newFilePlaces } = await import('../../app/usecases/place-new-file.ts');
  const { placeTransfers } = await import('../../app/usecases/place-transfers.ts');
  const { prepareTransfer } = await import('../../app/usecases/prepare-transfer.ts');
  const { root } = session.repository();
  const transfers = placeTransfers(newFilePlaces(root, ''), to, ids);
  if (!transfers.ok) return failed(transfers);
  const input = {
    kind,
    transfers: transfers.value,
    readers: [],
    breakHardLinks: false,
    keepPublic: false,
    ask,
  };
  const prepared = await prepareTransfer(session, input);
  if (!prepared.ok) return failed(prepared);
  const { plan, label, notes } = prepared.value;
  const { textsOfPlan } = await import('../../app/usecases/texts-of-plan.ts');
  const texts = textsOfPlan(root, plan);
  const { applyAgreed } = await import('../../app/usecases/apply-agreed.ts');
  const outcome = await applyAgreed(session, plan, agreed, { kind: 'write', label });
  const named = transfers.value.map(({ to: path }) => path as SecretId);
  return { label, ids: named, outcome: outcome.ok ? ok(outcome.value) : outcome, notes, texts };
}
