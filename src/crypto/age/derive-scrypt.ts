import { scrypt } from 'node:crypto';
import { fail, ok } from '../../core/outcome.ts';
import type { DeriveScrypt } from '../unlocking.ts';

/**
 * In this process, on OpenSSL's own thread. It cannot be stopped: leaving the process waits for it.
 */
export const deriveScrypt: DeriveScrypt = ({ passphrase, salt, workFactor }) => {
  const N = 2 ** workFactor;
  const maxmem = 1024 * N + (1 << 20);
  return new Promise((resolve) => {
    scrypt(passphrase, salt, 32, { N, r: 8, p: 1, maxmem }, (error, key) => {
      resolve(error ? notEnoughMemory(workFactor) : ok(key));
    });
  });
};

export function notEnoughMemory(workFactor: number): ReturnType<typeof fail> {
  const says = `not enough memory for the passphrase: it takes ${2 ** (workFactor - 10)} MiB`;
  return fail('refused', says, { hint: 'encrypt the file again with scrypt work factor 18' });
}
