import type { Outcome } from '../../core/outcome.ts';

export type DirectoryEntryKind = 'regular' | 'directory' | 'symlink' | 'unknown';

/**
 * The only way the evaluator touches files: a jail around one repository. Every path is absolute and already free of
 * `.` and `..` components. Whatever lies outside the root once all links are followed is a `refused` failure, as
 * is anything but a regular file or directory or a file over the jail's size cap; what is not there is `not-found`.
 */
export interface NixFiles {
  readFile(path: string): Outcome<Uint8Array>;
  /** Names as UTF-8; a directory with a name that is not UTF-8 is `unsupported`. */
  readDirectory(path: string): Outcome<ReadonlyMap<string, DirectoryEntryKind>>;
  /** False also for what lies outside the root. */
  exists(path: string): boolean;
  /**
   * The text of a symbolic link when the last component of `path` is one, else null (also when nothing is there).
   * Needed because Nix resolves relative paths against the file that an imported link points to. The text is not
   * checked: following it is another read through this port.
   */
  readLink(path: string): string | null;
}
