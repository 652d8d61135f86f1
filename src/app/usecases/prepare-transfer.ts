import type { Change } from '../../core/change.ts';
import { fail, type Outcome, ok } from '../../core/outcome.ts';
import type { Plan } from '../../core/plan.ts';
import type { RecipientId } from '../../core/recipient.ts';
import { sameKeys } from '../../core/same-keys.ts';
import type { Secret, SecretId } from '../../core/secret.ts';
import type { SecretRef } from '../../core/secret-ref.ts';
import type { AskPassphrase } from '../../crypto/keyring.ts';
import { rewriteRules } from '../../store/backends/agenix/rewrite-rules.ts';
import type { RulesChange } from '../../store/nix/edit/rules-change.ts';
import type { Session } from '../session.ts';
import { checkTransfers } from './check-transfers.ts';
import {
  chooseReaders,
  keysOf,
  type NamedReaders,
  namedReaders,
  offeredReaders,
  sameReaders,
} from './choose-readers.ts';
import { mentionNotes } from './mention-notes.ts';
import { holdValue } from './open-values.ts';
import { ruleKey } from './rule-place.ts';
import { transferPublicHalf } from './transfer-public-half.ts';

export interface Transfer {
  readonly from: SecretId;
  /** From the root. */
  readonly to: string;
}

export interface TransferInput {
  readonly kind: 'mv' | 'cp';
  readonly transfers: readonly Transfer[];
  /** Other readers for the copies, as the rules name them; none means those of the original. */
  readonly readers: readonly string[];
  /** Leaves the public halves that lie beside key pairs. */
  readonly keepPublic: boolean;
  readonly breakHardLinks: boolean;
  /** Asked only where the readers differ, since that takes the value. */
  readonly ask: AskPassphrase;
}

export interface PreparedTransfer {
  readonly plan: Plan;
  readonly label: string;
  readonly notes: readonly string[];
  /** Whom `readers` name. */
  readonly named: NamedReaders;
}

/** What one of them comes to. */
interface Part {
  readonly changes: readonly Change[];
  readonly rules: { readonly rulesFile: string; readonly change: RulesChange } | null;
  readonly notes: readonly string[];
  readonly named: NamedReaders;
}

/**
 * What renaming or copying secrets would do, with the rule entries that name them and the public halves beside them. The
 * file stays as it is, byte for byte and without a key, unless a rule gives the new name other readers. Errors:
 * `not-found`, `refused` (something is there already, a link), `bad-rules`, those of opening where the readers differ, and
 * those of `Writer.plan`.
 */
export async function prepareTransfer(
  session: Session,
  input: TransferInput,
): Promise<Outcome<PreparedTransfer>> {
  const held: SecretRef[] = [];
  const prepared = await prepare(session, input, held);
  const writer = await session.writer();
  if (!prepared.ok) for (const ref of held) writer.drop(ref);
  return prepared;
}

async function prepare(
  session: Session,
  input: TransferInput,
  held: SecretRef[],
): Promise<Outcome<PreparedTransfer>> {
  const checked = checkTransfers(session.repository(), input.kind, input.transfers);
  if (!checked.ok) return checked;
  const changes: Change[] = [];
  const notes: string[] = [...checked.value];
  const rules = new Map<string, RulesChange[]>();
  const named = new Map(emptyNaming);
  for (const transfer of input.transfers) {
    const part = await partOf(session, transfer, input, held);
    if (!part.ok) return part;
    const beside = input.keepPublic ? ok(null) : await transferPublicHalf(session, input.kind, transfer);
    if (!beside.ok) return beside;
    changes.push(...part.value.changes, ...(beside.value?.changes ?? []));
    notes.push(...part.value.notes, ...(beside.value?.notes ?? []));
    for (const [id, how] of part.value.named) named.set(id, how);
    const edit = part.value.rules;
    if (edit) rules.set(edit.rulesFile, [...(rules.get(edit.rulesFile) ?? []), edit.change]);
  }
  for (const [rulesFile, edits] of rules) {
    const rewritten = rewriteRules(session.repository().root, rulesFile, edits);
    if (!rewritten.ok) return rewritten;
    changes.push(...rewritten.value);
  }
  const writer = await session.writer();
  const plan = await writer.plan(changes, { breakHardLinks: input.breakHardLinks });
  if (!plan.ok) return plan;
  if (input.kind === 'mv') notes.push(...mentionNotes(session.repository(), input.transfers, plan.value));
  const [only, second] = input.transfers;
  const what = only && !second ? `${only.from} ${only.to}` : `${input.transfers.length} secrets`;
  return ok({ plan: plan.value, label: `${input.kind} ${what}`, notes, named });
}

async function partOf(
  session: Session,
  { from, to }: Transfer,
  input: TransferInput,
  held: SecretRef[],
): Promise<Outcome<Part>> {
  const { secrets } = session.repository();
  const source = secrets.find(({ id }) => id === from);
  if (source === undefined) return fail('not-found', `no secret called ${from}`);
  const there = secrets.find(({ id }) => id === to);
  if (source.ruleProblem) return { ok: false, error: { where: from, ...source.ruleProblem } };
  const target = there?.rule ? ruled(source, there, input) : await unnamed(session, source, to, input);
  if (!target.ok) return target;
  const { readers, rules, armored, named = emptyNaming } = target.value;
  const remove: readonly Change[] = input.kind === 'mv' ? [{ kind: 'remove', path: from }] : [];
  const done = (first: Change, ...notes: readonly string[]): Outcome<Part> =>
    ok({ changes: [first, ...remove], rules, notes, named });
  if (source.state === 'missing') {
    return input.kind === 'mv' && rules !== null
      ? ok({ changes: [], rules, notes: [], named })
      : fail('not-found', 'there is no such file', { where: from });
  }
  if (readers === null || sameKeys(readers, source.declared))
    return done({ kind: 'copy', path: to, from }, ...noteOf(source, input));
  const value = await holdValue(session, from, input.ask);
  if (!value.ok) return value;
  const { ref, size } = value.value;
  held.push(ref);
  return done(
    there?.rule
      ? { kind: 'put', secret: there.id, value: ref, size }
      : { kind: 'create', path: to, value: ref, size, readers, armored },
    `${to}: encrypted anew, for its own readers`,
  );
}

interface Target {
  /** `null` where no rule says. */
  readonly readers: readonly RecipientId[] | null;
  readonly rules: Part['rules'];
  readonly armored: boolean;
  readonly named?: NamedReaders;
}

const emptyNaming: NamedReaders = new Map();

/** A rule that is there already decides; that of the old name goes. */
function ruled({ rule }: Secret, there: Secret, { kind, readers }: TransferInput): Outcome<Target> {
  if (readers.length > 0) return fail('refused', 'a rule says already who reads it', { where: there.id });
  const gone =
    kind === 'mv' && rule
      ? { rulesFile: rule.rulesFile, change: { kind: 'remove' as const, key: rule.key } }
      : null;
  return ok({ readers: there.declared, rules: gone, armored: there.rule?.armor ?? false });
}

/** The rule of the old name is renamed or written a second time. */
async function unnamed(
  session: Session,
  { rule, declared, armored }: Secret,
  to: string,
  { kind, readers }: TransferInput,
): Promise<Outcome<Target>> {
  const repository = session.repository();
  if (rule === undefined) {
    return readers.length === 0
      ? ok({ readers: null, rules: null, armored })
      : fail('not-found', 'no rule names the original', { hint: 'keyhole new makes a secret with a rule' });
  }
  const { rulesFile } = rule;
  const file = repository.rules.find(({ path }) => path === rulesFile);
  const key = file ? ruleKey(file, to) : to;
  if (kind === 'mv')
    return ok({
      readers: declared,
      rules: { rulesFile, change: { kind: 'rename', key: rule.key, to: key } },
      armored,
    });
  const place = { rulesFile, key };
  const offers = readers.length === 0 ? null : offeredReaders(repository, place);
  if (offers && !offers.ok) return offers;
  const chosen = offers
    ? chooseReaders(offers.value, readers)
    : sameReaders(repository, rule, place, declared);
  if (!chosen.ok) return chosen;
  const armor = rule.armor === undefined ? {} : { armor: rule.armor };
  const change: RulesChange = { kind: 'add', key, recipients: chosen.value, ...armor };
  const named = offers ? namedReaders(offers.value, readers) : emptyNaming;
  return ok({ readers: keysOf(chosen.value), rules: { rulesFile, change }, armored, named });
}

function noteOf({ id, state, rule }: Secret, { kind }: TransferInput): readonly string[] {
  if (rule === undefined)
    return [`${id}: no rule names it; only the file is ${kind === 'mv' ? 'renamed' : 'copied'}`];
  return state === 'drift'
    ? [`${id}: its readers differ from its rule, and still do under the new name`]
    : [];
}
