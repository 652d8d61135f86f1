import { formatKeyPath } from '../../core/address.ts';
import { nearestNames } from '../../core/nearest-names.ts';
import { fail, type Outcome, ok } from '../../core/outcome.ts';
import type { PayloadKind } from '../../core/payload.ts';
import type { Plan } from '../../core/plan.ts';
import type { Secret, SecretId } from '../../core/secret.ts';
import type { AskPassphrase } from '../../crypto/keyring.ts';
import type { SecretRef, Session } from '../session.ts';
import { type FinalNewline, withFinalNewline } from './final-newline.ts';

export interface SetInput {
  readonly id: SecretId;
  /** One value inside it; absent for all of it. */
  readonly key?: readonly string[];
  /** Belongs to the use-case, which overwrites it. */
  readonly value: Uint8Array;
  readonly finalNewline: FinalNewline;
  readonly allowEmpty: boolean;
  /** Also a value that no longer parses as the old one did. */
  readonly anyFormat: boolean;
  readonly breakHardLinks: boolean;
  /** Whether a key is added: not, since it may be a typo; where it is not there; or in no other case. */
  readonly newKey?: 'never' | 'allowed' | 'required';
  readonly ask: AskPassphrase;
}

export interface PreparedSet {
  /** `null`: the secret has this value already, and nothing is to be written. */
  readonly plan: Plan | null;
  readonly label: string;
  readonly notes: readonly string[];
}

// Most values are whole ones of no format.
const loadEditing = () => import('../../core/payload/edit/edit-payload.ts');

/** What is there now, as far as a key here opens it. */
interface Old {
  /** SHA-256 of the file. */
  readonly file: string;
  /** All of the secret. */
  readonly whole: Uint8Array;
  /** What the new value replaces: all of it, or the value of one key; `null` where there is no such key. */
  readonly value: Uint8Array | null;
  readonly kind: PayloadKind;
  /** The keys in it. */
  readonly keys: readonly (readonly string[])[];
}

/**
 * What giving a secret another value would do. Errors: `not-found` (no such key), `refused` (empty), `malformed` (with
 * line and column), `unsupported`, those of opening for a value inside a secret, and those of `Writer.plan`.
 */
export async function prepareSet(session: Session, input: SetInput): Promise<Outcome<PreparedSet>> {
  const secret = session.repository().secrets.find(({ id }) => id === input.id);
  if (secret === undefined) return fail('not-found', `no secret called ${input.id}`);
  const opened = await openOld(session, secret, input);
  if (!opened.ok) return opened;
  const { old, notes } = opened.value;
  try {
    const prepared = await prepare(session, old, input);
    return prepared.ok ? ok({ ...prepared.value, notes: [...notes, ...prepared.value.notes] }) : prepared;
  } finally {
    for (const bytes of [input.value, old?.whole, old?.value]) bytes?.fill(0);
  }
}

async function prepare(session: Session, old: Old | null, input: SetInput): Promise<Outcome<PreparedSet>> {
  const { id, key, value, finalNewline, breakHardLinks } = input;
  const wanted = withFinalNewline(value, old?.value ?? null, finalNewline);
  if (wanted.length === 0 && !input.allowEmpty && old?.value?.length !== 0) {
    return fail('refused', 'the new value is empty', {
      where: id,
      hint: '--allow-empty writes it all the same',
    });
  }
  const made =
    key === undefined || old === null
      ? ok({ bytes: wanted, isAdded: false })
      : await withValueOf(old, key, wanted, input.newKey ?? 'never');
  if (!made.ok) return { ok: false, error: { where: id, ...made.error } };
  const { bytes, isAdded } = made.value;
  const label = key === undefined ? `set ${id}` : `${isAdded ? 'add a value to' : 'set a value in'} ${id}`;
  if (old !== null && Buffer.from(old.whole).equals(bytes)) return ok({ plan: null, label, notes: [] });
  const broken = old === null || input.anyFormat ? null : await brokenSyntax(old.kind, bytes, id);
  if (broken) return broken;
  const writer = await session.writer();
  const held = writer.hold(Uint8Array.from(bytes));
  const change = { kind: 'put', secret: id, value: held, size: bytes.length } as const;
  // Made from a value that was read, it replaces that one and no other.
  const plan = await writer.plan([old === null ? change : { ...change, instead: old.file }], {
    breakHardLinks,
  });
  if (!plan.ok) {
    writer.drop(held);
    return plan;
  }
  const notes =
    key === undefined ? newlineNote(old, bytes, id) : isAdded && old ? [additionNote(old, key, id)] : [];
  return ok({ plan: plan.value, label, notes });
}

/** All of the secret with another value at a key, which is added where it may be. */
async function withValueOf(
  { whole, keys }: Old,
  path: readonly string[],
  value: Uint8Array,
  newKey: NonNullable<SetInput['newKey']>,
): Promise<Outcome<{ readonly bytes: Uint8Array; readonly isAdded: boolean }>> {
  const { editPayload } = await loadEditing();
  if (newKey !== 'required') {
    const set = await editPayload(whole, { kind: 'set', path, value });
    if (set.ok) return ok({ bytes: set.value, isAdded: false });
    if (set.error.code !== 'not-found') return set;
    const near = nearKey(path, keys);
    const hint = `${near === null ? '' : `there is ${near}; `}--create adds a key`;
    if (newKey === 'never') return { ok: false, error: { ...set.error, hint } };
  }
  const added = await editPayload(whole, { kind: 'add', path, value });
  return added.ok ? ok({ bytes: added.value, isAdded: true }) : added;
}

/** A key that was added may have been meant for one that is there. */
function additionNote({ keys }: Old, path: readonly string[], id: SecretId): string {
  const key = formatKeyPath(path);
  const near = nearKey(path, keys);
  return `${id}: the key ${key} is new${near === null ? '' : `; there is ${near}, too`}`;
}

/** The key that was typed, but for a slip of the hand. */
function nearKey(path: readonly string[], keys: Old['keys']): string | null {
  const [near] = nearestNames(path, keys, (parts) => parts, { starts: false });
  return near === undefined ? null : formatKeyPath(near);
}

async function openOld(
  session: Session,
  { id, state }: Secret,
  { key, ask }: SetInput,
): Promise<Outcome<{ readonly old: Old | null; readonly notes: readonly string[] }>> {
  if (state === 'missing' && key === undefined) return ok({ old: null, notes: [] });
  const opened = await session.open(id, ask);
  if (!opened.ok) {
    const matters = key !== undefined || ['stopped', 'changed'].includes(opened.error.code);
    if (matters) return opened;
    return ok({ old: null, notes: [`${id}: the old value could not be compared: ${opened.error.says}`] });
  }
  const { ref, kind, entries, file } = opened.value;
  const inside = entries.find(({ path }) => JSON.stringify(path) === JSON.stringify(key))?.ref;
  const copy = (of: SecretRef): Outcome<Uint8Array> => session.lend(of, (bytes) => Uint8Array.from(bytes));
  const whole = copy(ref);
  const value = key === undefined ? copy(ref) : inside === undefined ? ok(null) : copy(inside);
  session.release(opened.value);
  if (!whole.ok) return whole;
  if (!value.ok) return value;
  const keys = entries.map(({ path }) => path);
  return ok({ old: { file, whole: whole.value, value: value.value, kind, keys }, notes: [] });
}

async function brokenSyntax(
  kind: PayloadKind,
  bytes: Uint8Array,
  where: string,
): Promise<Outcome<never> | null> {
  if (kind !== 'json' && kind !== 'yaml' && kind !== 'dotenv') return null;
  const { checkPayload } = await import('../../core/payload/edit/check-payload.ts');
  const problem = await checkPayload(bytes, kind);
  if (problem === null) return null;
  const says = `the new value is not ${kind}, as the old one is: line ${problem.line}, column ${problem.column}: ${problem.says}`;
  return fail('malformed', says, { where, hint: 'nothing was written; --any-format writes it all the same' });
}

/** Programs often give a value with a newline at its end, so it is said when that is new, or gone. */
function newlineNote(old: Old | null, bytes: Uint8Array, id: SecretId): readonly string[] {
  if (old === null || old.whole.length === 0) return [];
  const before = old.whole.at(-1) === newline;
  if (before === (bytes.at(-1) === newline)) return [];
  const says = before
    ? 'the old value ended with a newline, the new one does not'
    : 'the new value ends with a newline, the old one did not';
  return [`${id}: ${says}`];
}

const newline = 0x0a;
