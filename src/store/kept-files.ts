/** What tells one state of a file from every other, as `stat` says it. */
export interface FileStamp {
  readonly dev: number;
  readonly ino: number;
  readonly size: number;
  readonly mtimeMs: number;
  readonly ctimeMs: number;
}

interface Kept {
  readonly stamp: FileStamp;
  readonly slab: Uint8Array;
  readonly at: number;
}

/** All of them together, in bytes: some 5,000 usual secrets. Each costs half as much again for what is known of it. */
const most = 2 * 1024 * 1024;
const slabLength = 64 * 1024;
/** As long as two writes can leave the same time behind: FAT counts in steps of two seconds. */
const racyMs = 2000;

/**
 * Ciphertext that was read whole while the repository was, so that decrypting all of it reads no file twice: opening
 * and reading one takes three times as long as asking for its state.
 *
 * It is given back for the same stamp only. One that was young when its file was read proves nothing, since a later
 * write may leave the same times behind (gitformat-index, racy git): such a file is not kept. What stat cannot see is not
 * seen, as git does not: a network disk that answers from its cache, a program that writes through a mapping it wrote
 * through before. The bytes lie in few large pieces, because each piece of memory of its own costs more than the file in it.
 */
export class KeptFiles {
  readonly #files = new Map<string, Kept>();
  /** Before the first file was read, so that every later one is judged younger than it was and never older. */
  readonly #old = Date.now() - racyMs;
  #slab = new Uint8Array(0);
  #filled = 0;
  #total = 0;

  /** @param bytes all of the file, at most 64 KiB; copied */
  keep(path: string, bytes: Uint8Array, { dev, ino, size, mtimeMs, ctimeMs }: FileStamp): void {
    if (bytes.length !== size || size > slabLength || this.#total + size > most) return;
    if (mtimeMs > this.#old || ctimeMs > this.#old) return;
    if (this.#filled + size > this.#slab.length) {
      this.#slab = new Uint8Array(slabLength);
      this.#filled = 0;
    }
    this.#slab.set(bytes, this.#filled);
    this.#files.set(path, {
      stamp: { dev, ino, size, mtimeMs, ctimeMs },
      slab: this.#slab,
      at: this.#filled,
    });
    this.#filled += size;
    this.#total += size;
  }

  /** Whether asking `bytesOf` makes sense. */
  has(path: string): boolean {
    return this.#files.has(path);
  }

  /** The bytes of a file that is still as it was, for reading only; else `null`. */
  bytesOf(path: string, now: FileStamp): Uint8Array | null {
    const kept = this.#files.get(path);
    if (kept === undefined) return null;
    const { stamp, slab, at } = kept;
    const same =
      stamp.ino === now.ino &&
      stamp.dev === now.dev &&
      stamp.size === now.size &&
      stamp.mtimeMs === now.mtimeMs &&
      stamp.ctimeMs === now.ctimeMs;
    return same ? slab.subarray(at, at + stamp.size) : null;
  }
}
