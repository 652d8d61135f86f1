import type { RecipientId } from '../../core/recipient.ts';
import { labelOf, shortKey } from '../../core/recipient-label.ts';
import type { Reader, Repository } from '../../core/repository.ts';
import type { Secret } from '../../core/secret.ts';

/** The readers of one secret by name. All names are untrusted. */
export interface ReaderGroups {
  readonly groups: readonly (readonly [label: 'hosts' | 'people' | 'other', names: readonly string[]])[];
  readonly extra: readonly string[];
  readonly missing: readonly string[];
  readonly missingAmong: { readonly count: number; readonly names: readonly string[] };
}

const labels = { host: 'hosts', person: 'people', unknown: 'other' } as const;

export function readerGroups(repository: Repository, { declared, comparison }: Secret): ReaderGroups {
  const index = indexOf(repository);
  const names = { hosts: new Set<string>(), people: new Set<string>(), other: new Set<string>() };
  for (const id of declared) {
    const reader = index.get(id);
    names[labels[reader?.kind ?? 'unknown']].add(reader?.name ?? nameOf(repository, id));
  }
  const named = (id: RecipientId): string => index.get(id)?.name ?? nameOf(repository, id);
  const { count, of } = comparison?.missingAmong ?? { count: 0, of: [] };
  return {
    groups: (['hosts', 'people', 'other'] as const)
      .filter((label) => names[label].size > 0)
      .map((label) => [label, [...names[label]]] as const),
    extra: (comparison?.extra ?? []).map(({ kind, tag, recipient }) =>
      recipient ? named(recipient) : [kind, tag].filter(Boolean).join(' '),
    ),
    missing: (comparison?.missing ?? []).map(named),
    missingAmong: { count, names: of.map(named) },
  };
}

function nameOf({ recipients }: Repository, id: RecipientId): string {
  const recipient = recipients.get(id);
  return recipient ? labelOf(recipient) : shortKey(id);
}

const indexes = new WeakMap<Repository, ReadonlyMap<RecipientId, Reader>>();

/** Whose key it is: hosts and people before readers of no known kind. */
function indexOf(repository: Repository): ReadonlyMap<RecipientId, Reader> {
  const known = indexes.get(repository);
  if (known) return known;
  const index = new Map<RecipientId, Reader>();
  for (const reader of repository.readers) {
    for (const id of reader.recipients) {
      const present = index.get(id);
      if (!present || (present.kind === 'unknown' && reader.kind !== 'unknown')) index.set(id, reader);
    }
  }
  indexes.set(repository, index);
  return index;
}
