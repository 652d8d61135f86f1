import type { Comparison } from '../../../core/comparison.ts';
import type { RecipientId } from '../../../core/recipient.ts';
import type { Secret, SecretId, SecretState } from '../../../core/secret.ts';
import type { Stanza } from '../../../core/stanza.ts';
import { inspectHeader } from '../../inspect-header.ts';
import type { Jail } from '../../jail.ts';
import type { Compare } from './comparer.ts';
import type { Declaration } from './declare-secrets.ts';

export interface InspectedSecret {
  readonly secret: Secret;
  /** Only what tells whether a key fits. */
  readonly stanzas?: readonly Stanza[];
}

const nobody: readonly RecipientId[] = [];

/**
 * One secret from its rule and the header of its file. `null` when there is neither a rule nor a file, which is so
 * for a path that git tracks and somebody has deleted.
 *
 * @param rules what the rules say of it; for a file that none names, the state it has then
 */
export function inspectSecret(
  jail: Jail,
  id: SecretId,
  rules: Declaration | 'orphan' | 'unknown',
  compare: Compare,
): InspectedSecret | null {
  const declaration = typeof rules === 'string' ? undefined : rules;
  const declared = declaration?.declared ?? nobody;
  const rule = declaration && { rule: declaration.rule };
  const repeated = declaration?.repeated.length ? { repeated: declaration.repeated } : undefined;
  const base = { id, backend: 'agenix', format: 'age', ...rule, declared, ...repeated } as const;
  const nothing = { ...base, armored: false, size: 0 };
  const inspected = inspectHeader(jail, id);
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

function stateOf({ verdict }: Comparison, rules: Declaration | 'orphan' | 'unknown'): SecretState {
  if (verdict === 'invalid') return 'damaged';
  if (typeof rules === 'string') return rules;
  return verdict === 'match' ? 'ok' : verdict;
}
