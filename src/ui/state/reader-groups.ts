import type { RecipientId } from '../../core/recipient.ts';
import { calledBy, readerLabel, shortKey } from '../../core/recipient-label.ts';
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

/** Without a rule nobody is extra or missing: the groups are then the readers that the file has. */
export function readerGroups(repository: Repository, { declared, comparison, rule }: Secret): ReaderGroups {
  const index = indexOf(repository);
  const named = (id: RecipientId): string => {
    const reader = index.get(id);
    return reader ? readerLabel(reader) : nameOf(repository, id);
  };
  const found = comparison?.extra ?? [];
  const names = { hosts: new Set<string>(), people: new Set<string>(), other: new Set<string>() };
  for (const id of rule ? declared : found.flatMap(({ recipient }) => recipient ?? [])) {
    names[labels[index.get(id)?.kind ?? 'unknown']].add(named(id));
  }
  const extra = found.map(({ kind, tag, recipient }) =>
    recipient ? named(recipient) : [kind, tag].filter(Boolean).join(' '),
  );
  if (!rule) for (const [at, name] of extra.entries()) if (!found[at]?.recipient) names.other.add(name);
  const { count, of } = comparison?.missingAmong ?? { count: 0, of: [] };
  return {
    groups: (['hosts', 'people', 'other'] as const)
      .filter((label) => names[label].size > 0)
      .map((label) => [label, [...names[label]]] as const),
    extra: rule ? extra : [],
    missing: (comparison?.missing ?? []).map(named),
    missingAmong: { count, names: of.map(named) },
  };
}

function nameOf({ recipients }: Repository, id: RecipientId): string {
  const recipient = recipients.get(id);
  return recipient ? calledBy(recipient) : shortKey(id);
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
