import type { Session } from '../../app/session.ts';
import type { SavedEdit } from '../../app/usecases/save-edit.ts';
import type { IdentityStatus } from '../../core/identity-status.ts';
import { fail, type Outcome, ok } from '../../core/outcome.ts';
import type { SecretId } from '../../core/secret.ts';
import { decodeUtf8 } from '../../core/utf8.ts';
import type { Draft } from '../editor/draft.ts';
import { editableBytes } from '../editor/editable-bytes.ts';
import { keyFor } from '../keys/resolve-key.ts';
import type { Effect } from './effect.ts';
import type { EditStart, Message, WriteKind } from './message.ts';
import { nowAndThen } from './now-and-then.ts';
import type { PassphraseLine } from './passphrase-line.ts';
import { transfer } from './transfer-effect.ts';

type EditingEffect = Extract<
  Effect,
  {
    readonly type:
      | 'begin-edit'
      | 'edit-draft'
      | 'place-cursor'
      | 'close-draft'
      | 'save-draft'
      | 'remove'
      | 'transfer'
      | 'change-readers'
      | 'reverse';
  }
>;

type Wrote = Extract<Message, { readonly type: 'wrote' }>;

/** Runs what edits and what writes. */
export function createEditingEffects(
  session: Session,
  draft: Draft,
  passphrase: PassphraseLine,
  post: (message: Message) => void,
): (effect: EditingEffect, signal: AbortSignal | undefined) => Promise<void> {
  const begin = async (
    { id, key, page }: EditingEffect & { readonly type: 'begin-edit' },
    signal: AbortSignal | undefined,
  ): Promise<Outcome<EditStart>> => {
    if (session.repository().secrets.find((secret) => secret.id === id)?.state === 'missing') {
      return ok({ kind: 'text', base: null, status: draft.open(new Uint8Array(), page) });
    }
    const opened = await session.open(id, passphrase.ask, signal);
    if (!opened.ok) return opened;
    const { kind, ref, entries, file } = opened.value;
    try {
      const wanted =
        key === null ? ref : entries.find(({ path }) => JSON.stringify(path) === JSON.stringify(key))?.ref;
      if (wanted === undefined)
        return fail('not-found', 'it has no key of that name any more', { where: id });
      // A later one may be open already: this text must not get in its place.
      if (signal?.aborted) return fail('stopped', 'stopped');
      const status = session.lend(wanted, (bytes) => {
        const refusal = whyNotText(bytes);
        return refusal ?? ok(draft.open(bytes, page));
      });
      if (!status.ok) return status;
      return status.value.ok ? ok({ kind, base: file, status: status.value.value }) : status.value;
    } finally {
      session.release(opened.value);
    }
  };

  const wrote = (
    effect: { readonly request: number; readonly ids?: readonly SecretId[] },
    what: WriteKind,
    label: string,
    outcome: Outcome<SavedEdit>,
    more: Pick<Wrote, 'notes' | 'texts' | 'wish'> | null = null,
  ): void =>
    post({
      type: 'wrote',
      request: effect.request,
      what,
      label,
      ids: effect.ids ?? [],
      outcome,
      repository: session.repository(),
      ...more,
    });

  return async (effect, signal) => {
    switch (effect.type) {
      case 'begin-edit': {
        const { request, id, key } = effect;
        const outcome = await begin(effect, signal);
        const isStopped = !outcome.ok && outcome.error.code === 'stopped';
        const identities: readonly IdentityStatus[] | null = isStopped ? null : await session.identities();
        return post({ type: 'editing', request, id, key, outcome, identities });
      }
      case 'edit-draft':
        return draft.isOpen()
          ? post({ type: 'edited', status: draft.run(effect.command, effect.page) })
          : undefined;
      case 'place-cursor':
        return draft.isOpen()
          ? post({ type: 'edited', status: draft.goTo(effect.line, effect.column, effect.page) })
          : undefined;
      case 'close-draft':
        return draft.close();
      case 'save-draft': {
        const { request, editor, agreed } = effect;
        const { id, key, kind, base, mayBeEmpty } = editor;
        const { saveEdit } = await import('../../app/usecases/save-edit.ts');
        const value = draft.take();
        const outcome = await saveEdit(session, {
          id,
          key,
          kind,
          base,
          value,
          mayBeEmpty,
          agreed,
          ask: passphrase.ask,
        });
        return wrote({ request, ids: [id] }, 'save', id, outcome);
      }
      case 'remove': {
        const { ids, agreed } = effect;
        const name = ids.length === 1 ? (ids[0] ?? '') : `${ids.length} secrets`;
        const { prepareRemove } = await import('../../app/usecases/prepare-remove.ts');
        const read = await session.reload();
        if (!read.ok) return wrote(effect, 'remove', name, read);
        const prepared = await prepareRemove(session, {
          ids,
          keepRules: false,
          keepPublic: false,
          breakHardLinks: true,
        });
        if (!prepared.ok) return wrote(effect, 'remove', name, prepared);
        const { applyAgreed } = await import('../../app/usecases/apply-agreed.ts');
        const { plan, label } = prepared.value;
        return wrote(
          effect,
          'remove',
          name,
          await applyAgreed(session, plan, agreed, { kind: 'write', label }),
        );
      }
      case 'change-readers': {
        const { request, wish, agreed } = effect;
        const { giveReaders } = await import('../matrix/readers-effect.ts');
        const tell = (what: 'opened' | 'encrypted') =>
          nowAndThen((done, total) => post({ type: 'progressed', request, what, done, total }));
        const opening = { ask: passphrase.ask, onProgress: tell('opened'), ...(signal && { signal }) };
        const reply = await giveReaders(session, wish, agreed, opening, tell('encrypted'));
        const isOpened = reply.outcome.ok;
        // Which keys are in use now, after a lock above all.
        post({ type: 'keyed', request, isOpened, identities: await session.identities() });
        return wrote({ request }, 'readers', reply.label, reply.outcome, {
          notes: reply.notes,
          texts: reply.texts,
          wish,
        });
      }
      case 'transfer': {
        const { request, kind } = effect;
        const reply = await transfer(session, effect, passphrase.ask);
        return wrote({ request, ids: reply.ids }, kind, reply.label, reply.outcome, {
          notes: reply.notes,
          texts: reply.texts,
        });
      }
      case 'reverse': {
        const { which, agreed } = effect;
        const { prepareReversal } = await import('../../app/usecases/prepare-reversal.ts');
        // Another commit may have been made since it was read.
        const read = await session.reload();
        if (!read.ok) return wrote(effect, which, which, read);
        const prepared = await prepareReversal(session, which);
        if (!prepared.ok) return wrote(effect, which, which, prepared);
        const { applyAgreed } = await import('../../app/usecases/apply-agreed.ts');
        const { plan, label } = prepared.value;
        // What was committed since, here or elsewhere, is not taken back unasked.
        const isCommitted = plan.warnings.some(({ code }) => code === 'is-committed');
        const meant = isCommitted && agreed === 'anything' ? 'none' : agreed;
        return wrote(effect, which, label, await applyAgreed(session, plan, meant, { kind: which, label }));
      }
    }
  };
}

/** Why these bytes are not edited as text; `null` when they can be. */
function whyNotText(bytes: Uint8Array): Outcome<never> | null {
  const where = { hint: 'keyhole set replaces it with a file' };
  if (bytes.length > editableBytes)
    return fail('unsupported', 'it is too long to be edited here', {
      hint: `${keyFor('outside')} edits it in your editor`,
    });
  return decodeUtf8(bytes) === null
    ? fail('unsupported', 'it is not UTF-8 text, and editing it would change its bytes', where)
    : null;
}
