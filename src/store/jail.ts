import { closeSync, constants, existsSync, lstatSync, openSync, realpathSync, type Stats } from 'node:fs';
import { fail, type Outcome, ok } from '../core/outcome.ts';
import { errnoOf, fileFailure } from './file-failure.ts';
import type { FileStamp } from './kept-files.ts';
import { readRange, readWhole, statRegularFile } from './read-descriptor.ts';
import { readLinkText } from './read-link-text.ts';

const maxLinks = 40; // as Linux counts before ELOOP
const maxOpenDirectories = 64;
const directoryFlags =
  constants.O_RDONLY | constants.O_DIRECTORY | constants.O_NOFOLLOW | constants.O_NONBLOCK;
const fileFlags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;

export interface FileStart {
  /** The first bytes of the file, at most as many as were asked for. */
  readonly bytes: Uint8Array;
  /** Size of the whole file in bytes. */
  readonly size: number;
  /** Its state before the bytes were read. */
  readonly stamp: FileStamp;
}

/**
 * Reads below one directory and nowhere else. Paths are relative to the root with `/`; every component is opened
 * without following links, and a link is followed by hand only when it stays below the root. Never blocks on a
 * FIFO and never returns the bytes of anything but a regular file. Failures: `not-found`, `refused`, `io`.
 */
export interface Jail {
  /** Canonical path of the root. */
  readonly root: string;
  readFile(path: string): Outcome<Uint8Array>;
  readStart(path: string, length: number): Outcome<FileStart>;
  /**
   * The state of a regular file in a directory that is open already. `null` for all else, and where there is no `/proc`,
   * which says nothing about the file.
   */
  stampOf(path: string): FileStamp | null;
  /** The last bytes of a file, at most `length`. */
  readEnd(path: string, length: number): Outcome<Uint8Array>;
  /** A path that names the opened directory for the duration of the call (`/proc/self/fd/N` on Linux). */
  withDirectory<T>(path: string, use: (openedPath: string) => T): Outcome<T>;
  /** Whether anything is there once all links are followed; false for what lies outside the root. */
  exists(path: string): boolean;
  /** Where a path leads once all links are followed, from the root; the last component need not exist. */
  resolve(path: string): Outcome<string>;
  /** The text of a link when the last component of `path` is one, else `null`. */
  readLink(path: string): string | null;
  /** Closes the directories it holds open. Using it afterwards opens them again. */
  close(): void;
}

/**
 * `root` must be an existing directory; throws otherwise, since the caller has just found it. On Linux each component
 * is opened relative to the directory before it (`/proc/self/fd`); elsewhere by path, checked again after opening.
 */
export function openJail(root: string, byDescriptor = existsSync('/proc/self/fd')): Jail {
  const canonical = realpathSync.native(root);
  const bases = [...new Set([canonical, root])].map((base) => (base.endsWith('/') ? base : `${base}/`));
  const directories = new Map<string, number>();

  const close = (): void => {
    for (const descriptor of directories.values()) closeSync(descriptor);
    directories.clear();
  };

  const nameIn = (parents: readonly string[], name: string): string => {
    const descriptor = openDirectory(parents);
    return byDescriptor
      ? `/proc/self/fd/${descriptor}/${name}`
      : `${bases[0]}${[...parents, name].join('/')}`;
  };

  const openDirectory = (parts: readonly string[]): number => {
    const key = parts.join('/');
    const known = directories.get(key);
    if (known !== undefined) return known;
    const name = parts.at(-1);
    const path = name === undefined ? canonical : nameIn(parts.slice(0, -1), name);
    const descriptor = openSync(path, directoryFlags);
    directories.set(key, descriptor);
    return descriptor;
  };

  /** Where a link leads, as components to walk on with, or `undefined` when `name` is no link. */
  const readLink = (
    parents: readonly string[],
    name: string,
  ): { from: string[]; rest: string[] } | undefined => {
    const target = readLinkText(nameIn(parents, name));
    if (target === undefined) return undefined;
    if (!target.startsWith('/')) return { from: [...parents], rest: target.split('/') };
    const base = bases.find((candidate) => `${target}/`.startsWith(candidate));
    return { from: [], rest: base === undefined ? ['..'] : target.slice(base.length).split('/') };
  };

  /** Calls `use` with the physical parent directory and the last name, again after each link it meets there. */
  const walk = <T>(
    path: string,
    use: (parents: readonly string[], name: string | undefined) => T,
  ): Outcome<T> => {
    if (path.includes('\0')) return fail('refused', 'the name holds a NUL byte', { where: path });
    if (path.startsWith('/'))
      return fail('refused', 'an absolute path is outside the repository', { where: path });
    if (directories.size > maxOpenDirectories) close();
    let parents: string[] = [];
    let rest = path.split('/');
    let links = 0;
    try {
      for (;;) {
        const part = rest.shift();
        if (part === '' || part === '.') continue;
        if (part === '..') {
          if (parents.length === 0) return outside(path, links > 0);
          parents = parents.slice(0, -1);
          continue;
        }
        try {
          if (part === undefined) return ok(use(parents.slice(0, -1), parents.at(-1)));
          if (rest.every((next) => next === '' || next === '.')) return ok(use(parents, part));
          openDirectory([...parents, part]);
          parents = [...parents, part];
        } catch (error) {
          const errno = errnoOf(error);
          if (part === undefined || (errno !== 'ELOOP' && errno !== 'ENOTDIR' && errno !== 'EMLINK'))
            throw error;
          const link = readLink(parents, part);
          if (link === undefined) throw error;
          links += 1;
          if (links > maxLinks) return fail('refused', 'symbolic links lead in a circle', { where: path });
          parents = link.from;
          rest = [...link.rest, ...rest];
        }
      }
    } catch (error) {
      if (links > 0 && errnoOf(error) === 'ENOENT') {
        return fail('not-found', 'a symbolic link leads to nothing', { where: path });
      }
      return fileFailure(error, path);
    }
  };

  /**
   * Calls `use` with the name of what lies in a directory that is open already, as most do when it is their turn.
   * `undefined` when it is not, or something is amiss: `walk` knows what.
   */
  const inKnown = <T>(path: string, use: (openedPath: string) => T): T | undefined => {
    const slash = path.lastIndexOf('/');
    const name = path.slice(slash + 1);
    if (!byDescriptor || slash === 0 || name === '' || name === '.' || name === '..') return undefined;
    // Only what was walked to is in the table: a path through a link, `..` or `//` is never found.
    const directory = directories.get(path.slice(0, Math.max(slash, 0)));
    if (directory === undefined) return undefined;
    try {
      return use(`/proc/self/fd/${directory}/${name}`);
    } catch {
      return undefined;
    }
  };

  const openByWalking = (path: string): Outcome<number | undefined> =>
    walk(path, (parents, name) => {
      const descriptor =
        name === undefined ? openSync(canonical, directoryFlags) : openSync(nameIn(parents, name), fileFlags);
      if (byDescriptor || name === undefined) return descriptor;
      const opened = `${bases[0]}${[...parents, name].join('/')}`;
      if (!movedMeanwhile(opened)) return descriptor;
      closeSync(descriptor);
      return undefined;
    });

  const withFile = <T>(path: string, read: (descriptor: number, stats: Stats) => Outcome<T>): Outcome<T> => {
    const known = inKnown(path, (name) => openSync(name, fileFlags));
    const opened = known === undefined ? openByWalking(path) : ok(known);
    if (!opened.ok) return opened;
    const descriptor = opened.value;
    if (descriptor === undefined) return outside(path, true);
    try {
      const stats = statRegularFile(descriptor, path);
      return stats.ok ? read(descriptor, stats.value) : stats;
    } catch (error) {
      return fileFailure(error, path);
    } finally {
      closeSync(descriptor);
    }
  };

  return {
    root: canonical,
    readFile: (path) => withFile(path, (descriptor, { size }) => readWhole(descriptor, size, path)),
    readStart: (path, length) =>
      withFile(path, (descriptor, stamp) => {
        const { size } = stamp;
        return ok({ bytes: readRange(descriptor, 0, Math.min(length, size)), size, stamp });
      }),
    stampOf: (path) => {
      const stats = inKnown(path, (name) => lstatSync(name));
      return stats?.isFile() ? stats : null;
    },
    readEnd: (path, length) =>
      withFile(path, (descriptor, { size }) => ok(readRange(descriptor, Math.max(size - length, 0), length))),
    withDirectory: (path, use) =>
      walk(path, (parents, name) => {
        const parts = name === undefined ? parents : [...parents, name];
        const descriptor = openDirectory(parts);
        return use(byDescriptor ? `/proc/self/fd/${descriptor}` : `${bases[0]}${parts.join('/')}`);
      }),
    exists: (path) =>
      walk(path, (parents, name) => {
        if (name === undefined) return;
        const stats = lstatSync(nameIn(parents, name)); // never opens: a FIFO or device stays untouched
        if (stats.isSymbolicLink()) throw aLink();
      }).ok,
    resolve: (path) =>
      walk(path, (parents, name) => {
        if (name === undefined) return '';
        const stats = lstatSync(nameIn(parents, name), { throwIfNoEntry: false });
        if (stats?.isSymbolicLink()) throw aLink();
        return [...parents, name].join('/');
      }),
    readLink: (path) => {
      const slash = path.lastIndexOf('/');
      const read = walk(path.slice(0, Math.max(slash, 0)), (parents, name) =>
        readLinkText(nameIn(name === undefined ? parents : [...parents, name], path.slice(slash + 1))),
      );
      return read.ok ? (read.value ?? null) : null;
    },
    close,
  };
}

/** Tells `walk` what an opening would have told it. */
const aLink = (): Error => Object.assign(new Error('a link'), { code: 'ELOOP' });

function outside(path: string, byLink: boolean): Outcome<never> {
  const says = byLink
    ? 'a symbolic link leads outside the repository'
    : 'the path leads outside the repository';
  return fail('refused', says, { where: path });
}

/** Without `/proc` a directory may have been swapped for a link between the check and the opening. */
function movedMeanwhile(path: string): boolean {
  return realpathSync.native(path) !== path;
}
