import { randomFillSync } from 'node:crypto';
import { fail, type Outcome, ok } from '../../core/outcome.ts';
import { base64Bytes, hexBytes } from './encode-secret.ts';
import type { Generated, RandomSource } from './generated.ts';

const maxCount = 65_536;

const encoders = {
  hex: hexBytes,
  base64: (bytes: Uint8Array) => base64Bytes(bytes),
  base64url: (bytes: Uint8Array) => base64Bytes(bytes, 'url'),
} as const;

export type BytesEncoding = keyof typeof encoders;

/** Random bytes as text, without a newline. Error: `usage`. */
export function generateBytes(
  count: number,
  encoding: BytesEncoding,
  random: RandomSource = randomFillSync,
): Outcome<Generated> {
  if (!Number.isInteger(count) || count < 1 || count > maxCount)
    return fail('usage', `1 to ${maxCount} bytes`);
  const bytes = Buffer.alloc(count);
  random(bytes);
  const secret = encoders[encoding](bytes);
  bytes.fill(0);
  return ok({ secret });
}

/** A UUID of version 4 (RFC 9562, section 5.4), without a newline. */
export function generateUuid(random: RandomSource = randomFillSync): Generated {
  const bytes = Buffer.alloc(16);
  random(bytes);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const digits = hexBytes(bytes);
  const groups = [
    digits.subarray(0, 8),
    digits.subarray(8, 12),
    digits.subarray(12, 16),
    digits.subarray(16, 20),
    digits.subarray(20),
  ];
  const secret = Buffer.concat(
    groups.flatMap((group, index) => (index === 0 ? [group] : [Buffer.from('-'), group])),
  );
  bytes.fill(0);
  digits.fill(0);
  return { secret };
}
