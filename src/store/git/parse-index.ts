import { decodeUtf8 } from '../../core/utf8.ts';
import { type RawIndexEntry, walkIndex } from './walk-index.ts';

/** One path that git tracks. */
export interface IndexEntry {
  /** Relative to the work tree; bytes when the name is not UTF-8. */
  readonly path: string | Uint8Array;
  /** `link` for symbolic links, `submodule` for other repositories. */
  readonly kind: RawIndexEntry['kind'];
}

/** The paths in `.git/index`; `null` when it is none that lists them (`walkIndex`). */
export const parseGitIndex = (bytes: Uint8Array): readonly IndexEntry[] | null =>
  walkIndex(bytes, ({ name, kind }) => ({ path: decodeUtf8(name) ?? Uint8Array.from(name), kind }));
