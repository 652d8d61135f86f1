import { randomFillSync } from 'node:crypto';
import type { RandomSource } from './generated.ts';

/**
 * `count` independent draws from `items`, each as likely as any other: random bytes at the upper end, of which not
 * every item would get as many, are thrown away.
 */
export function draw(items: Uint8Array, count: number, random: RandomSource = randomFillSync): Buffer {
  if (items.length < 1 || items.length > 256) throw new RangeError('draw needs 1 to 256 items');
  const fair = 256 - (256 % items.length);
  const drawn = Buffer.alloc(count);
  const pool = Buffer.alloc(256);
  for (let filled = 0; filled < count; ) {
    random(pool);
    for (const byte of pool) {
      if (byte < fair && filled < count) drawn[filled++] = items[byte % items.length] ?? 0;
    }
  }
  pool.fill(0);
  return drawn;
}
