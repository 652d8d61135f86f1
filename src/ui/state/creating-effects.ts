import type { Session } from '../../app/session.ts';
import { checkNewPath } from '../../app/usecases/check-new-path.ts';
import type { SecretWish } from '../../app/usecases/make-secrets.ts';
import type { PreparedNew } from '../../app/usecases/prepare-new.ts';
import { parseKeyPath } from '../../core/address.ts';
import { fail, type Outcome, ok } from '../../core/outcome.ts';
import type { SecretId } from '../../core/secret.ts';
import type { Draft } from '../editor/draft.ts';
import type { Effect } from './effect.ts';
import { isHash, isTyped, sourceOf } from './form-rows.ts';
import type { MadeSecret, Message, PreparedForm } from './message.ts';
import type { NewForm } from './new-form.ts';
import type { PassphraseLine } from './passphrase-line.ts';

type CreatingEffect = Extract<
  Effect,
  { readonly type: 'offer-readers' | 'begin-text' | 'prepare-new' | 'apply-new' | 'drop-new' }
>;

/** A plan that waits to be agreed to; what it writes is a handle of the session. */
interface Waiting extends PreparedNew {
  readonly id: SecretId;
}

/** Runs what makes something new: a value is made once, and it is that one which is written. */
export function createCreatingEffects(
  session: Session,
  draft: Draft,
  passphrase: PassphraseLine,
  post: (message: Message) => void,
): (effect: CreatingEffect) => Promise<void> {
  let waiting: Waiting | null = null;

  const drop = async (): Promise<void> => {
    const dropped = waiting;
    waiting = null;
    if (!dropped) return;
    const writer = await session.writer();
    for (const step of dropped.plan.steps) if (step.do === 'encrypt') writer.drop(step.value);
  };

  const prepare = async (form: NewForm, mayBeEmpty: boolean): Promise<Outcome<PreparedForm>> => {
    await drop();
    if (isTyped(form) && !mayBeEmpty && isEmpty(draft)) return ok({ did: 'empty' });
    const read = await session.reload();
    if (!read.ok) return read;
    const id = idOf(session, form);
    if (!id.ok) return id;
    const { makeSecrets } = await import('../../app/usecases/make-secrets.ts');
    const secrets = await makeSecrets(id.value, wishOf(form, draft));
    if (!secrets.ok) return secrets;
    const prepared = await planFor(form, secrets.value);
    if (!prepared.ok) return prepared;
    const { plan, label, notes } = prepared.value;
    waiting = { plan, label, id: id.value };
    const { viewOfPlan } = await import('../../app/usecases/view-of-plan.ts');
    const { textsOfPlan } = await import('../../app/usecases/texts-of-plan.ts');
    const repository = session.repository();
    const texts = textsOfPlan(repository.root, plan);
    return ok({ did: 'prepared', plan: viewOfPlan(repository, plan), texts, notes });
  };

  const planFor = async (
    form: NewForm,
    secrets: Parameters<typeof import('../../app/usecases/prepare-new.ts').prepareNew>[1]['secrets'],
  ): Promise<Outcome<PreparedNew & { readonly notes: readonly string[] }>> => {
    const { target } = form;
    if (target.kind === 'key') return planForKey(target.id, form.fields.name, secrets[0]?.value);
    const { prepareNew } = await import('../../app/usecases/prepare-new.ts');
    const to = form.readers.filter(({ isChosen }) => isChosen).map(({ name }) => name);
    const prepared = await prepareNew(session, {
      secrets,
      to: target.kind === 'rule' ? 'declared' : to,
      armored: false,
      allowEmpty: true,
    });
    return prepared.ok ? ok({ ...prepared.value, notes: [] }) : prepared;
  };

  const planForKey = async (
    id: SecretId,
    name: string,
    value: Uint8Array | undefined,
  ): Promise<Outcome<PreparedNew & { readonly notes: readonly string[] }>> => {
    const key = parseKeyPath(name);
    if (!key.ok) return key;
    const { prepareSet } = await import('../../app/usecases/prepare-set.ts');
    const prepared = await prepareSet(session, {
      id,
      key: key.value,
      value: value ?? new Uint8Array(),
      finalNewline: 'exact',
      allowEmpty: true,
      anyFormat: false,
      breakHardLinks: false,
      newKey: 'required',
      ask: passphrase.ask,
    });
    if (!prepared.ok) return prepared;
    const { plan, label, notes } = prepared.value;
    return plan === null
      ? fail('refused', 'nothing would change', { where: id })
      : ok({ plan, label, notes });
  };

  const apply = async (): Promise<Outcome<MadeSecret>> => {
    const agreed = waiting;
    waiting = null;
    if (!agreed) return fail('stopped', 'it was dropped meanwhile');
    const { applyPlan } = await import('../../app/usecases/apply-plan.ts');
    const { doubtedIn } = await import('../../app/usecases/doubted-in.ts');
    const { plan, label, id } = agreed;
    const applied = await applyPlan(session, plan, { kind: 'write', label, accept: doubtedIn(plan) });
    if (!applied.ok) return applied;
    // A failure leaves the reading from before, and the screen offers to read again.
    await session.reload();
    return ok({ id, notes: applied.value.notes });
  };

  return async (effect) => {
    switch (effect.type) {
      case 'offer-readers': {
        const { request, place, like } = effect;
        const { readersForNew } = await import('../../app/usecases/readers-for-new.ts');
        const outcome = readersForNew(session.repository(), place, like);
        return post({ type: 'offered', request, outcome });
      }
      case 'begin-text': {
        const { page } = effect;
        const status = draft.isOpen() ? draft.run('stay', page) : draft.open(new Uint8Array(), page);
        return post({ type: 'text-begun', status });
      }
      case 'prepare-new': {
        const { request, form, mayBeEmpty } = effect;
        return post({ type: 'prepared', request, outcome: await prepare(form, mayBeEmpty) });
      }
      case 'apply-new': {
        const outcome = await apply();
        return post({ type: 'made', request: effect.request, outcome, repository: session.repository() });
      }
      case 'drop-new':
        return drop();
    }
  };
}

/** The path of what is made, or of what it is put into. */
function idOf(session: Session, { target, fields }: NewForm): Outcome<SecretId> {
  if (target.kind !== 'secret') return ok(target.id);
  const checked = checkNewPath(session.repository(), fields.name);
  return checked.ok ? ok(checked.value.path as SecretId) : checked;
}

function isEmpty(draft: Draft): boolean {
  const bytes = draft.take();
  bytes.fill(0);
  return bytes.length === 0;
}

function wishOf(form: NewForm, draft: Draft): SecretWish {
  const { alphabet, comment, separator, keptIn } = form.fields;
  const length = Number(form.fields.length);
  const user = form.fields.user === '' ? null : form.fields.user;
  const kind = sourceOf(form);
  if (kind === 'typed') return { from: 'bytes', value: draft.take() };
  if (!isHash(kind)) {
    const sized = length > 0 && { length };
    return { from: 'generator', wish: { kind, ...sized, alphabet, comment, separator } };
  }
  const hash = { kind, user };
  return isTyped(form)
    ? { from: 'password', ...hash, password: draft.take() }
    : { from: 'fresh-password', ...hash, length, alphabet, keptIn };
}
