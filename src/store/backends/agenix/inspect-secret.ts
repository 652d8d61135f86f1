import type { Comparison } from '../../../core/comparison.ts';
import type { RecipientId } from '../../../core/recipient.ts';
import type { Secret, SecretId, SecretState } from '../../../core/secret.ts';
import type { Stanza } from '../../../core/stanza.ts';
import { inspectHeader } from '../../inspect-header.ts';
import type { TreeView } from '../backend.ts';
import type { Compare } from './comparer.ts';
import type { BrokenRule, Declaration } from './declare-secrets.ts';

export interface InspectedSecret {
  readonly secret: Secret;
  /** Only what tells whether a key fits. */
  readonly stanzas?: readonly Stanza[];
}

/** What the rules say of a file; `orphan` when none names it. */
type Rules = Declaration | BrokenRule | 'orphan';

const nobody: readonly RecipientId[] = [];

/**
 * One secret from its rule and the header of its file. `null` when there is neither a rule nor a file, which is so
 * for a path that git tracks and somebody has deleted.
 */
export function inspectSecret(
  { jail, kept }: TreeView,
  id: SecretId,
  rules: Rules,
  compare: Compare,
): InspectedSecret | null {
  const declaration = rules !== 'orphan' && 'rule' in rules ? rules : undefined;
  const declared = declaration?.declared ?? nobody;
  const repeated = declaration?.repeated.length ? { repeated: declaration.repeated } : undefined;
  const grants = declaration?.grants && { grants: declaration.grants };
  const base = {
    id,
    backend: 'agenix',
    format: 'age',
    ...ruleOf(rules),
    declared,
    ...grants,
    ...repeated,
  } as const;
  const nothing = { ...base, armored: false, size: 0 };
  const inspected = inspectHeader(jail, kept, id);
  if (!inspected.ok) {
    const { error } = inspected;
    const gone = error.code === 'not-found' && jail.readLink(id) === null;
    if (gone) return declaration === undefined ? null : { secret: { ...nothing, state: 'missing' } };
    return { secret: { ...nothing, state: 'damaged', problem: error } };
  }
  const { header, size } = inspected.value;
  if (!header.ok) return { secret: { ...nothing, size, state: 'damaged', problem: header.error } };
  const { comparison, stanzas } = compare(declared, header.value.stanzas);
  const state = stateOf(comparison, rules);
  const { armored } = header.value;
  return { secret: { ...base, armored, size, comparison, state }, stanzas };
}

function ruleOf(rules: Rules): Pick<Secret, 'rule' | 'ruleProblem'> {
  if (rules === 'orphan') return {};
  return 'rule' in rules ? { rule: rules.rule } : { ruleProblem: rules.broken };
}

function stateOf({ verdict }: Comparison, rules: Rules): SecretState {
  if (verdict === 'invalid') return 'damaged';
  if (rules === 'orphan') return 'orphan';
  if ('broken' in rules) return 'unknown';
  return verdict === 'match' ? 'ok' : verdict;
}
