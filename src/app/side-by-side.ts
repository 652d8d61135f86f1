/**
 * As many files as are opened at once. Node's other threads work on the key agreements of all of them meanwhile; more
 * make nothing faster, and a key press waits for as many, some 2 ms.
 */
const abreast = 32;

/** Calls `work` for every item, `abreast` of them side by side; yields the results of each batch, in order. */
export async function* sideBySide<Item, Result>(
  items: readonly Item[],
  work: (item: Item) => Promise<Result>,
): AsyncGenerator<readonly Result[]> {
  for (let start = 0; start < items.length; start += abreast) {
    yield await Promise.all(items.slice(start, start + abreast).map(work));
  }
}
