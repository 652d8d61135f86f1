/** One entry of git's index, as it is passed by. */
export interface RawIndexEntry {
  readonly view: DataView;
  /** Where its fixed part begins. */
  readonly start: number;
  /** 20 bytes, or 32 with SHA-256. */
  readonly hashLength: number;
  readonly name: Uint8Array;
  readonly kind: 'file' | 'link' | 'submodule';
  readonly flags: number;
  /** Of version 3 and later; 0 when it has none. */
  readonly moreFlags: number;
}

const fixedPart = 40; // ctime, mtime, dev, ino, mode, uid, gid, size
const modeOffset = 24;
const extendedFlag = 0x4000;
const maxEntries = 300_000;

/**
 * What `take` makes of the entries of `.git/index` (gitformat-index(5), versions 2 to 4, SHA-1 and SHA-256), without
 * those it makes nothing of. `null` when the bytes are something else: damaged, split, or sparse, where an index does not list every
 * file by itself.
 */
export function walkIndex<T>(
  bytes: Uint8Array,
  take: (entry: RawIndexEntry) => T | null,
): readonly T[] | null {
  return walkWith(bytes, 20, take) ?? walkWith(bytes, 32, take);
}

function walkWith<T>(
  bytes: Uint8Array,
  hashLength: number,
  take: (entry: RawIndexEntry) => T | null,
): readonly T[] | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 12 + hashLength || view.getUint32(0) !== 0x44495243 /* DIRC */) return null;
  const version = view.getUint32(4);
  const count = view.getUint32(8);
  if (version < 2 || version > 4 || count > maxEntries) return null;
  const end = bytes.length - hashLength;
  const taken: T[] = [];
  let previous: Uint8Array = new Uint8Array(0);
  let at = 12;
  for (let index = 0; index < count; index++) {
    const start = at;
    at += fixedPart + hashLength;
    if (at + 4 > end) return null;
    const flags = view.getUint16(at);
    const isExtended = (flags & extendedFlag) !== 0 && version >= 3;
    const moreFlags = isExtended ? view.getUint16(at + 2) : 0;
    at += isExtended ? 4 : 2;
    let kept = 0;
    if (version === 4) {
      const strip = readOffset(bytes, at, end);
      if (strip === null || strip.value > previous.length) return null;
      at = strip.next;
      kept = previous.length - strip.value;
    }
    const nul = bytes.indexOf(0, at);
    if (nul === -1 || nul >= end) return null;
    const suffix = bytes.subarray(at, nul);
    const name = kept === 0 ? suffix : Buffer.concat([previous.subarray(0, kept), suffix]);
    const length = flags & 0xfff;
    if (name.length === 0 || length !== Math.min(name.length, 0xfff)) return null;
    const kind = kindOf(view.getUint32(start + modeOffset));
    if (kind === null) return null;
    const made = take({ view, start, hashLength, name, kind, flags, moreFlags });
    if (made !== null) taken.push(made);
    previous = name;
    at = version === 4 ? nul + 1 : start + (Math.floor((nul - start) / 8) + 1) * 8;
  }
  return isWhole(bytes, view, at, end) ? taken : null;
}

/** The offset encoding of pack files: every continuation adds one. */
function readOffset(bytes: Uint8Array, start: number, end: number): { value: number; next: number } | null {
  let value = 0;
  for (let at = start; at < end && at < start + 5; at++) {
    const byte = bytes[at] ?? 0;
    value = value * 128 + (byte & 0x7f);
    if ((byte & 0x80) === 0) return { value, next: at + 1 };
    value += 1;
  }
  return null;
}

function kindOf(mode: number): RawIndexEntry['kind'] | null {
  const type = mode & 0o170000;
  if (type === 0o100000) return 'file';
  if (type === 0o120000) return 'link';
  return type === 0o160000 ? 'submodule' : null; // 040000: a collapsed directory of a sparse index
}

/** Whether known extensions fill the rest exactly, and none says that entries are in a shared index file (`link`). */
function isWhole(bytes: Uint8Array, view: DataView, start: number, end: number): boolean {
  let at = start;
  while (at + 8 <= end) {
    if (Buffer.from(bytes.subarray(at, at + 4)).toString('latin1') === 'link') return false;
    at += 8 + view.getUint32(at + 4);
  }
  return at === end;
}
