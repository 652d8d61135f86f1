import type { Change } from '../../core/change.ts';
import { fail, type Outcome, ok } from '../../core/outcome.ts';
import type { Plan } from '../../core/plan.ts';
import type { Secret, SecretId } from '../../core/secret.ts';
import type { Session } from '../session.ts';
import { noteOfPublicHalf, publicHalfOf } from './public-half.ts';

export interface RemoveInput {
  readonly ids: readonly SecretId[];
  /** Leaves the rules as they are, where they name the secrets. */
  readonly keepRules: boolean;
  /** Leaves the public halves that lie beside key pairs. */
  readonly keepPublic: boolean;
  readonly breakHardLinks: boolean;
}

export interface PreparedRemoval {
  readonly plan: Plan;
  readonly label: string;
  readonly notes: readonly string[];
}

/**
 * What taking secrets away would do, with the rule entries that name them and the public halves beside them. Needs no
 * key. Errors: `not-found`, `bad-rules` (an entry that cannot be taken out by itself), and those of `Writer.plan`.
 */
export async function prepareRemove(session: Session, input: RemoveInput): Promise<Outcome<PreparedRemoval>> {
  const known = new Map(session.repository().secrets.map((secret) => [secret.id, secret]));
  const secrets: Secret[] = [];
  for (const id of new Set(input.ids)) {
    const secret = known.get(id);
    if (secret === undefined) return fail('not-found', `no secret called ${id}`);
    secrets.push(secret);
  }
  const rules = input.keepRules ? ok([]) : await rulesWithout(session.repository().root, secrets);
  if (!rules.ok) return rules;
  const files = secrets.filter(({ state }) => state !== 'missing');
  const removed: Change[] = [];
  const notes: string[] = [];
  for (const secret of files) {
    removed.push({ kind: 'remove', path: secret.id });
    const half = input.keepPublic ? null : await publicHalfOf(session, secret);
    if (half === null) continue;
    if (half.stays === null) removed.push({ kind: 'remove', path: half.path });
    notes.push(noteOfPublicHalf(half, secret.id));
  }
  const changes: readonly Change[] = [...removed, ...rules.value];
  if (changes.length === 0)
    return fail('not-found', 'there is no such file', { where: secrets[0]?.id ?? '' });
  const writer = await session.writer();
  const plan = await writer.plan(changes, { breakHardLinks: input.breakHardLinks });
  const [first] = secrets;
  const label = secrets.length === 1 && first ? `rm ${first.id}` : `rm ${secrets.length} secrets`;
  return plan.ok ? ok({ plan: plan.value, label, notes }) : plan;
}

async function rulesWithout(root: string, secrets: readonly Secret[]): Promise<Outcome<readonly Change[]>> {
  const byFile = new Map<string, string[]>();
  for (const { rule } of secrets) {
    if (rule) byFile.set(rule.rulesFile, [...(byFile.get(rule.rulesFile) ?? []), rule.key]);
  }
  if (byFile.size === 0) return ok([]);
  const { rewriteRules } = await import('../../store/backends/agenix/rewrite-rules.ts');
  const changes: Change[] = [];
  for (const [path, keys] of byFile) {
    const rewritten = rewriteRules(
      root,
      path,
      keys.map((key) => ({ kind: 'remove', key })),
    );
    if (!rewritten.ok) {
      const hint = [rewritten.error.hint, 'or give --keep-rule'].filter(Boolean).join('; ');
      return { ok: false, error: { where: path, ...rewritten.error, hint } };
    }
    changes.push(...rewritten.value);
  }
  return ok(changes);
}
