import type { Problem } from '../../core/repository.ts';

/** What a path is according to the listing; whoever opens it checks again. */
export interface TreeEntry {
  /** Relative to the root, `/` separators, UTF-8. */
  readonly path: string;
  readonly kind: 'file' | 'link' | 'other';
}

export interface TreeListing {
  /** No directories, no submodules. Sorted by path. */
  readonly entries: readonly TreeEntry[];
  /** Whether git's index says so: then every entry that is no age file and no rules file is tracked. */
  readonly isFromIndex: boolean;
  /** Names that cannot be used and limits that were reached. */
  readonly problems: readonly Problem[];
}

/** Byte order of UTF-16 units, the order of ids everywhere in a repository snapshot. */
export const byPath = (a: { readonly path: string }, b: { readonly path: string }): number =>
  a.path < b.path ? -1 : a.path > b.path ? 1 : 0;
