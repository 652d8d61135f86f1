import type { Change } from '../../core/change.ts';
import { fail, type Outcome, ok } from '../../core/outcome.ts';
import type { Plan } from '../../core/plan.ts';
import type { Repository } from '../../core/repository.ts';
import type { SecretRef } from '../../core/secret-ref.ts';
import { rewriteRules } from '../../store/backends/agenix/rewrite-rules.ts';
import type { RulesChange } from '../../store/nix/edit/rules-change.ts';
import type { Session } from '../session.ts';
import { chooseReaders, hintOf, keysOf, offeredReaders } from './choose-readers.ts';
import { publicPath } from './public-half.ts';
import { type RulePlace, rulePlace } from './rule-place.ts';

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
  /** Readers as the rules name them, or public keys. */
  readonly to: readonly string[];
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
    const place = placeOfNew(repository, path);
    if (!place.ok) return place;
    if (value.length === 0 && !allowEmpty) {
      return fail('refused', 'the value is empty', {
        where: path,
        hint: '--allow-empty writes it all the same',
      });
    }
    const offers = offeredReaders(repository, place.value);
    if (!offers.ok) return offers;
    if (to.length === 0)
      return fail('needs-prompt', 'nobody is named to read it', {
        hint: `name readers with --to; ${hintOf(offers.value)}`,
      });
    const recipients = chooseReaders(offers.value, to);
    if (!recipients.ok) return recipients;
    const { rulesFile, key } = place.value;
    const change: RulesChange = {
      kind: 'add',
      key,
      recipients: recipients.value,
      ...(armored && { armor: true }),
    };
    rules.set(rulesFile, [...(rules.get(rulesFile) ?? []), change]);
    const size = value.length;
    creations.push({
      kind: 'create',
      path,
      value: hold(value),
      size,
      readers: keysOf(recipients.value),
      armored,
    });
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

/** Where the rule of a file goes that has neither a rule nor a file yet. Errors: `refused`, those of `rulePlace`. */
export function placeOfNew(repository: Repository, path: string): Outcome<RulePlace> {
  const there = repository.secrets.find(({ id }) => id === path);
  if (there?.rule !== undefined || there?.ruleProblem !== undefined) {
    return fail('refused', 'a rule names it already', {
      where: path,
      hint: `keyhole set writes a file for its rule`,
    });
  }
  if (there !== undefined) return fail('refused', 'there is a file already', { where: path });
  return rulePlace(repository, path);
}
