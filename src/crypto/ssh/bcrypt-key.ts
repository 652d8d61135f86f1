import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import type { PassphraseCost } from '../keyring.ts';

const blockLength = 32;
/** OpenSSH writes 16 or 24, and as many as `ssh-keygen -a` says. Ten thousand take minutes. */
export const maxRounds = 10_000;
/** More takes over a second or two, and is spent only after somebody agreed. */
const usualRounds = 128;
const secondsPerBlock = 0.0065; // measured

/** What a passphrase costs, when that is more than usual. */
export function unusualRounds(rounds: number, length: number): PassphraseCost | undefined {
  if (rounds <= usualRounds) return undefined;
  return { seconds: Math.ceil(rounds * Math.ceil(length / blockLength) * secondsPerBlock), mebibytes: 0 };
}

const sha512 = (...parts: Uint8Array[]): Buffer => {
  const hash = createHash('sha512');
  for (const part of parts) hash.update(part);
  return hash.digest();
};

/**
 * bcrypt_pbkdf (OpenBSD) in steps: a key takes some tenths of a second, so the event loop gets a turn after each
 * block and the screen goes on living. The block function comes from the `bcrypt-pbkdf` package, which alone would
 * hold the thread for all of them. `length` is in bytes; the result belongs to the caller, who overwrites it, and is
 * `null` after an abort.
 */
export async function deriveBcryptKey(
  passphrase: Uint8Array,
  { salt, rounds, length }: { readonly salt: Uint8Array; readonly rounds: number; readonly length: number },
  signal: AbortSignal,
): Promise<Buffer | null> {
  const { hash } = (await import('bcrypt-pbkdf')).default;
  const key = Buffer.alloc(length);
  const hashedPassphrase = sha512(passphrase);
  const block = Buffer.alloc(blockLength);
  const sum = Buffer.alloc(blockLength);
  const blocks = Math.ceil(length / blockLength);
  const count = Buffer.alloc(4);
  try {
    for (let index = 0; index < blocks; index++) {
      count.writeUInt32BE(index + 1);
      hash(hashedPassphrase, sha512(salt, count), block);
      sum.set(block);
      for (let round = 1; round < rounds; round++) {
        await setImmediate();
        if (signal.aborted) {
          key.fill(0);
          return null;
        }
        hash(hashedPassphrase, sha512(block), block);
        for (let i = 0; i < blockLength; i++) sum[i] = (sum[i] ?? 0) ^ (block[i] ?? 0);
      }
      // The output is interleaved: byte i of block b goes to i * blocks + b.
      for (let i = 0; i * blocks + index < length; i++) key[i * blocks + index] = sum[i] ?? 0;
    }
    return key;
  } finally {
    hashedPassphrase.fill(0);
    block.fill(0);
    sum.fill(0);
  }
}
