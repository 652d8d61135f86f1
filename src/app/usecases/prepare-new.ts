import type { Change } from '../../core/change.ts';
import { fail, type Outcome, ok } from '../../core/outcome.ts';
import type { Plan } from '../../core/plan.ts';
import type { Repository } from '../../core/repository.ts';
import type { SecretId } from '../../core/secret.ts';
import type { SecretRef } from '../../core/secret-ref.ts';
import { rewriteRules } from '../../store/backends/agenix/rewrite-rules.ts';
import type { RecipientOffer, RulesChange } from '../../store/nix/edit/rules-change.ts';
import type { Session } from '../session.ts';
import { chooseReaders, hintOf, keysOf, offeredReaders } from './choose-readers.ts';
import { placeOfNew } from './place-of-new.ts';
import { publicPath } from './public-half.ts';
import type { RulePlace } from './rule-place.ts';

/** A secret that is to be. */
export interface NewSecret {
  /** From the root. */
  readonly path: string;
  /** Belongs to the use-case, which overwrites it. */
  readonly value: Uint8Array;
  /** Goes into a file of its own beside it. */
  readonly publicLine?: string;
}

export interface NewInput {
  /** Made together, for the same readers. */
  readonly secrets: readonly NewSecret[];
  /** Readers as the rules name them, or public keys; `declared`: whom a rule names that has no file yet. */
  readonly to: readonly string[] | 'declared';
  readonly armored: boolean;
  readonly allowEmpty: boolean;
}

export interface PreparedNew {
  readonly plan: Plan;
  readonly label: string;
}

/**
 * What making secrets would do, with the rule entries that say who reads them and the public halves beside them. Errors:
 * `refused` (a file or a rule is there, or the value is empty), `needs-prompt` (no readers named), `not-found`,
 * `ambiguous`, `bad-recipient`, `bad-rules`, and those of `Writer.plan`.
 */
export async function prepareNew(session: Session, input: NewInput): Promise<Outcome<PreparedNew>> {
  const held: SecretRef[] = [];
  const writer = await session.writer();
  const prepared = await prepare(session, input, (bytes) => {
    const ref = writer.hold(bytes);
    held.push(ref);
    return ref;
  });
  for (const { value } of prepared.ok ? [] : input.secrets) value.fill(0);
  if (!prepared.ok) for (const ref of held) writer.drop(ref);
  return prepared;
}

async function prepare(
  session: Session,
  { secrets, to, armored, allowEmpty }: NewInput,
  hold: (bytes: Uint8Array) => SecretRef,
): Promise<Outcome<PreparedNew>> {
  const repository = session.repository();
  const creations: Change[] = [];
  const publics: Change[] = [];
  const rules = new Map<string, RulesChange[]>();
  for (const { path, value, publicLine } of secrets) {
    const wanted = to === 'declared' ? declaredAt(repository, path) : entryOf(repository, path, to);
    if (!wanted.ok) return wanted;
    if (value.length === 0 && !allowEmpty) {
      return fail('refused', 'the value is empty', {
        where: path,
        hint: '--allow-empty writes it all the same',
      });
    }
    const written = { value: hold(value), size: value.length };
    if ('secret' in wanted.value) creations.push({ kind: 'put', secret: wanted.value.secret, ...written });
    else {
      const { place, recipients } = wanted.value;
      const edits = rules.get(place.rulesFile) ?? [];
      const armor = armored && { armor: true };
      rules.set(place.rulesFile, [...edits, { kind: 'add', key: place.key, recipients, ...armor }]);
      creations.push({ kind: 'create', path, ...written, readers: keysOf(recipients), armored });
    }
    if (publicLine !== undefined)
      publics.push({ kind: 'add', path: publicPath(path), text: `${publicLine}\n` });
  }
  const changes = [...creations, ...publics];
  for (const [rulesFile, edits] of rules) {
    const rewritten = rewriteRules(repository.root, rulesFile, edits);
    if (!rewritten.ok) return rewritten;
    changes.push(...rewritten.value);
  }
  const writer = await session.writer();
  const plan = await writer.plan(changes);
  const label = `new ${secrets.map(({ path }) => path).join(', ')}`;
  return plan.ok ? ok({ plan: plan.value, label }) : plan;
}

interface WantedEntry {
  readonly place: RulePlace;
  readonly recipients: readonly RecipientOffer[];
}

function entryOf(repository: Repository, path: string, to: readonly string[]): Outcome<WantedEntry> {
  const place = placeOfNew(repository, path);
  if (!place.ok) return place;
  const offers = offeredReaders(repository, place.value);
  if (!offers.ok) return offers;
  if (to.length === 0)
    return fail('needs-prompt', 'nobody is named to read it', {
      hint: `name readers with --to; ${hintOf(offers.value)}`,
    });
  const recipients = chooseReaders(offers.value, to);
  return recipients.ok ? ok({ place: place.value, recipients: recipients.value }) : recipients;
}

function declaredAt(repository: Repository, path: string): Outcome<{ readonly secret: SecretId }> {
  const there = repository.secrets.find(({ id }) => id === path);
  if (there === undefined) return fail('not-found', 'no rule names it', { where: path });
  return there.state === 'missing'
    ? ok({ secret: there.id })
    : fail('refused', 'there is a file already', { where: path });
}
