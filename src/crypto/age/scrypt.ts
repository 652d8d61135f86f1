import { randomBytes, scrypt } from 'node:crypto';
import { fail, type Outcome, ok } from '../../core/outcome.ts';
import type { Stanza } from '../../core/stanza.ts';
import { decodeBase64, encodeBase64 } from '../base64.ts';
import { openFileKey, sealFileKey, wrappedLength } from './file-key.ts';

const label = Buffer.from('age-encryption.org/v1/scrypt');
const saltLength = 16;
/** 1 GiB of memory and some seconds: the most that is spent on one passphrase. */
const maxWorkFactor = 20;
const minWorkFactor = 1;

/** Takes place on OpenSSL's own thread, so nothing waits for it. The key belongs to the caller, who overwrites it. */
function deriveKey(passphrase: Uint8Array, salt: Uint8Array, workFactor: number): Promise<Buffer> {
  const N = 2 ** workFactor;
  const maxmem = 1024 * N + (1 << 20);
  return new Promise((resolve, reject) => {
    scrypt(passphrase, Buffer.concat([label, salt]), 32, { N, r: 8, p: 1, maxmem }, (error, key) => {
      if (error) reject(error);
      else resolve(key);
    });
  });
}

export interface ScryptParameters {
  readonly salt: Buffer;
  /** Base-2 logarithm of the cost. */
  readonly workFactor: number;
  readonly body: Uint8Array;
}

/** The parameters of a passphrase stanza. Errors: `damaged`; `refused` above a work factor of 20. */
export function readScryptStanza(stanza: Stanza): Outcome<ScryptParameters> {
  const [saltText, factorText] = stanza.args;
  const salt = saltText === undefined ? null : decodeBase64(saltText);
  const isWellFormed = stanza.args.length === 2 && /^[1-9][0-9]{0,2}$/.test(factorText ?? '');
  if (!isWellFormed || salt?.length !== saltLength || stanza.body.length !== wrappedLength) {
    return fail('damaged', 'the passphrase recipient in the header is malformed');
  }
  const workFactor = Number(factorText);
  if (workFactor > maxWorkFactor) {
    return fail(
      'refused',
      `the passphrase needs scrypt work factor ${workFactor}, keyhole stops at ${maxWorkFactor}`,
      {
        hint: 'this much work can exhaust the memory of this machine; encrypt the file again with a lower factor',
      },
    );
  }
  return ok({ salt, workFactor, body: stanza.body });
}

/** The file key, which the caller overwrites; `null` when it is another passphrase. */
export async function unwrapScrypt(
  parameters: ScryptParameters,
  passphrase: Uint8Array,
): Promise<Buffer | null> {
  const key = await deriveKey(passphrase, parameters.salt, parameters.workFactor);
  try {
    return openFileKey(key, parameters.body);
  } finally {
    key.fill(0);
  }
}

/** The one stanza of a file for a passphrase. `workFactor` is 1 to 20. */
export async function wrapScrypt(
  fileKey: Uint8Array,
  passphrase: Uint8Array,
  workFactor: number,
): Promise<Stanza> {
  if (!Number.isInteger(workFactor) || workFactor < minWorkFactor || workFactor > maxWorkFactor) {
    throw new RangeError(`scrypt work factor ${workFactor} is not within 1 to ${maxWorkFactor}`);
  }
  const salt = randomBytes(saltLength);
  const key = await deriveKey(passphrase, salt, workFactor);
  const body = sealFileKey(key, fileKey);
  key.fill(0);
  return { type: 'scrypt', args: [encodeBase64(salt), String(workFactor)], body };
}
