import type { SecretId } from '../secret.ts';
import type { FileReference } from './nix-facts.ts';

/** How it is known which secret is meant: by its path, by the end of it, or only because it is called so. */
export type LinkedBy = 'path' | 'file-name' | 'name';

export interface Link {
  readonly id: SecretId;
  readonly by: LinkedBy;
}

export interface SecretFinder {
  /** `null` where no secret, or more than one, is meant. */
  byReference(reference: FileReference): Link | null;
  /** The one secret whose path ends with `NAME.age`, or with `NAME`. */
  byName(name: string): Link | null;
}

const mostParts = 12;

/** Finds the secrets that Nix text means. */
export function createSecretFinder(ids: readonly SecretId[]): SecretFinder {
  const known = new Set<string>(ids);
  const byEnd = new Map<string, SecretId | null>();
  for (const id of ids) {
    for (const end of endsOf(id)) byEnd.set(end, byEnd.has(end) ? null : id);
  }
  const link = (id: SecretId | null | undefined, by: LinkedBy): Link | null => (id ? { id, by } : null);
  return {
    byReference(reference) {
      if (reference.kind === 'unknown') return null;
      if (reference.kind === 'end') return link(byEnd.get(reference.end), 'file-name');
      return known.has(reference.path) ? { id: reference.path as SecretId, by: 'path' } : null;
    },
    byName: (name) => link(byEnd.get(`${name}.age`) ?? byEnd.get(name), 'name'),
  };
}

/** `a/b.age` and `b.age`; no more of a path than anybody writes. */
function endsOf(id: SecretId): readonly string[] {
  const parts = id.split('/').slice(-mostParts);
  return parts.map((_, index) => parts.slice(index).join('/'));
}
