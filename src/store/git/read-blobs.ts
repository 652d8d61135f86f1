import { type Outcome, ok } from '../../core/outcome.ts';
import type { RunGit } from './safe-git.ts';

/** What git is asked for at a time: half of what is taken from it at most. */
const batchBytes = 32 * 1024 * 1024;
const batchCount = 5_000;

/**
 * Hands over the content of blobs, some at a time; one that is not there, no blob, or larger than `largest` is passed
 * over. Gives how many were. Errors: those of `run`.
 */
export async function readBlobs(
  run: RunGit,
  ids: readonly string[],
  largest: number,
  take: (id: string, content: Uint8Array) => void,
): Promise<Outcome<number>> {
  let skipped = 0;
  for (let from = 0; from < ids.length; from += batchCount) {
    const some = ids.slice(from, from + batchCount);
    const sizes = await run(['cat-file', '--batch-check'], { input: asked(some) });
    if (!sizes.ok) return sizes;
    const fitting = sizes.value
      .toString('latin1')
      .split('\n')
      .flatMap((line) => {
        const [, id = '', size = ''] = /^([0-9a-f]{40,64}) blob (\d{1,15})$/.exec(line) ?? [];
        return id !== '' && Number(size) <= largest ? [{ id, size: Number(size) }] : [];
      });
    skipped += some.length - fitting.length;
    for (const batch of batches(fitting)) {
      const printed = await run(['cat-file', '--batch'], { input: asked(batch.map(({ id }) => id)) });
      if (!printed.ok) return printed;
      let at = 0;
      for (const { id, size } of batch) {
        const start = printed.value.indexOf(0x0a, at) + 1;
        take(id, printed.value.subarray(start, start + size));
        at = start + size + 1;
      }
    }
  }
  return ok(skipped);
}

const asked = (ids: readonly string[]): Uint8Array => Buffer.from(ids.map((id) => `${id}\n`).join(''));

function* batches<T extends { readonly size: number }>(all: readonly T[]): Generator<readonly T[]> {
  let batch: T[] = [];
  let bytes = 0;
  for (const one of all) {
    if (batch.length > 0 && bytes + one.size > batchBytes) {
      yield batch;
      batch = [];
      bytes = 0;
    }
    batch.push(one);
    bytes += one.size;
  }
  if (batch.length > 0) yield batch;
}
