import { type Outcome, ok } from '../../core/outcome.ts';
import { checkPayload } from '../../core/payload/edit/check-payload.ts';
import type { TextPosition } from '../../core/payload/edit/text-position.ts';
import type { PayloadKind } from '../../core/payload.ts';
import type { SecretId } from '../../core/secret.ts';
import type { AskPassphrase } from '../../crypto/keyring.ts';
import type { Session } from '../session.ts';
import type { Writer } from '../writing/writer.ts';
import { type Agreement, type Applied, applyAgreed } from './apply-agreed.ts';
import { type PreparedSet, prepareSet } from './prepare-set.ts';

export interface EditInput {
  readonly id: SecretId;
  /** One value inside it; `null` for all of it. */
  readonly key: readonly string[] | null;
  /** What the secret was when the edit began. */
  readonly kind: PayloadKind;
  /** SHA-256 of the file that the edit began from, or of a later one that somebody agreed to replace. */
  readonly base: string | null;
  /** Belongs to the use-case, which overwrites it. */
  readonly value: Uint8Array;
  readonly mayBeEmpty: boolean;
  readonly agreed: Agreement;
  readonly ask: AskPassphrase;
}

export type SavedEdit =
  | Applied
  | { readonly did: 'unchanged' }
  /** Another file is there than the edit began from; `now` is its SHA-256. */
  | { readonly did: 'conflict'; readonly now: string | null }
  | { readonly did: 'empty' }
  | { readonly did: 'broken'; readonly kind: PayloadKind; readonly place: TextPosition };

/**
 * Writes what was made of a value on the screen, for the readers that the rules name now. Whatever is not `written`
 * left every file as it was. Errors: those of reading the repository, of `prepareSet` and of applying.
 */
export async function saveEdit(session: Session, input: EditInput): Promise<Outcome<SavedEdit>> {
  try {
    return await save(session, input);
  } finally {
    input.value.fill(0);
  }
}

async function save(session: Session, input: EditInput): Promise<Outcome<SavedEdit>> {
  const { id, key, kind, base, value, agreed } = input;
  if (value.length === 0 && !input.mayBeEmpty) return ok({ did: 'empty' });
  const place = key === null ? await checkPayload(value, kind) : null;
  if (place) return ok({ did: 'broken', kind, place });
  const writer = await session.writer();
  const now = await writer.fingerprint(id);
  if (!now.ok) return now;
  if (now.value !== base) return ok({ did: 'conflict', now: now.value });
  const prepared = await prepare(session, input);
  if (!prepared.ok) return prepared.error.code === 'changed' ? conflict(writer, id) : prepared;
  const { plan, label } = prepared.value;
  if (plan === null) return ok({ did: 'unchanged' });
  // It was compared with what was there before; anything newer is not to be written over.
  const isOther = plan.steps.some(({ path, before }) => path === id && before !== now.value);
  if (isOther) {
    for (const step of plan.steps) if (step.do === 'encrypt') writer.drop(step.value);
    return conflict(writer, id);
  }
  const wanted = plan.warnings.length > 0 ? agreed : 'anything';
  const applied = await applyAgreed(session, plan, wanted, { kind: 'write', label });
  return !applied.ok && applied.error.code === 'changed' ? conflict(writer, id) : applied;
}

async function prepare(session: Session, input: EditInput): Promise<Outcome<PreparedSet>> {
  const { id, key, value, ask } = input;
  const attempt = (): Promise<Outcome<PreparedSet>> =>
    prepareSet(session, {
      id,
      ...(key && { key }),
      value: Uint8Array.from(value),
      finalNewline: 'exact',
      allowEmpty: true,
      anyFormat: true,
      // Detaching it from its other names is a warning of the plan, which is asked about.
      breakHardLinks: true,
      ask,
    });
  const first = await attempt();
  if (first.ok || first.error.code !== 'changed') return first;
  // The file has other readers than when the repository was read, which somebody may have agreed to.
  const read = await session.reload();
  return read.ok ? attempt() : read;
}

async function conflict(writer: Writer, id: SecretId): Promise<Outcome<SavedEdit>> {
  const now = await writer.fingerprint(id);
  return now.ok ? ok({ did: 'conflict', now: now.value }) : now;
}
