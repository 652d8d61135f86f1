import { decodeUtf8 } from '../../core/utf8.ts';
import { type RawIndexEntry, walkIndex } from './walk-index.ts';

/** What the index says of one path, beyond that git tracks it. */
export interface IndexRecord {
  readonly path: string;
  readonly kind: RawIndexEntry['kind'];
  /** As in a tree: `100644`, `100755`, `120000`. */
  readonly mode: string;
  /** The blob's id. */
  readonly id: string;
  /** Other than 0 while a merge waits for it. */
  readonly stage: number;
  /** `git add -N`: nothing of it is staged yet. */
  readonly isIntended: boolean;
  /** Whether git was told not to look at the file (assume-unchanged, skip-worktree). */
  readonly isUnwatched: boolean;
  /** The file as it was when git last looked; times in milliseconds. */
  readonly ctimeMs: number;
  readonly mtimeMs: number;
  readonly ino: number;
  readonly size: number;
}

const assumeUnchanged = 0x8000;
const stageShift = 12;
const skipWorktree = 0x4000;
const intentToAdd = 0x2000;
const fixedPart = 40;

/** The records that are `wanted`, and all submodules; `null` when the index cannot be read (`walkIndex`). */
export const readIndexRecords = (
  bytes: Uint8Array,
  wanted: (path: string) => boolean,
): readonly IndexRecord[] | null =>
  walkIndex(bytes, (entry) => {
    const path = decodeUtf8(entry.name);
    return path !== null && (entry.kind === 'submodule' || wanted(path)) ? recordOf(path, entry) : null;
  });

function recordOf(
  path: string,
  { view, start, hashLength, kind, flags, moreFlags }: RawIndexEntry,
): IndexRecord {
  const time = (offset: number): number =>
    view.getUint32(start + offset) * 1000 + view.getUint32(start + offset + 4) / 1e6;
  return {
    path,
    kind,
    mode: view.getUint32(start + 24).toString(8),
    id: Buffer.from(view.buffer, view.byteOffset + start + fixedPart, hashLength).toString('hex'),
    stage: (flags >> stageShift) & 3,
    isIntended: (moreFlags & intentToAdd) !== 0,
    isUnwatched: (flags & assumeUnchanged) !== 0 || (moreFlags & skipWorktree) !== 0,
    ctimeMs: time(0),
    mtimeMs: time(8),
    ino: view.getUint32(start + 20),
    size: view.getUint32(start + 36),
  };
}
