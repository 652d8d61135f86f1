const firstCapacity = 4096;

/**
 * A text that is being edited, as UTF-8 in one buffer: unlike a string it can be overwritten, and what leaves it is
 * overwritten at once.
 */
export class TextStorage {
  #bytes = new Uint8Array(firstCapacity);
  #length = 0;

  /** Valid until the next change; not to be kept. */
  view(): Uint8Array {
    return this.#bytes.subarray(0, this.#length);
  }

  /** Puts `inserted` in the place of the bytes from `from` to `to`. */
  replace(from: number, to: number, inserted: Uint8Array): void {
    const length = this.#length - (to - from) + inserted.length;
    this.#reserve(length);
    this.#bytes.copyWithin(from + inserted.length, to, this.#length);
    this.#bytes.set(inserted, from);
    if (length < this.#length) this.#bytes.fill(0, length, this.#length);
    this.#length = length;
  }

  wipe(): void {
    this.#bytes.fill(0);
    this.#length = 0;
  }

  #reserve(length: number): void {
    if (length <= this.#bytes.length) return;
    const larger = new Uint8Array(length * 2);
    larger.set(this.#bytes);
    this.#bytes.fill(0);
    this.#bytes = larger;
  }
}
