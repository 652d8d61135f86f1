import { randomBytes, scrypt } from 'node:crypto';
import { fail, type Outcome, ok } from '../../core/outcome.ts';
import type { Stanza } from '../../core/stanza.ts';
import { decodeBase64, encodeBase64 } from '../base64.ts';
import type { PassphraseCost } from '../keyring.ts';
import { openFileKey, sealFileKey, wrappedLength } from './file-key.ts';

const label = Buffer.from('age-encryption.org/v1/scrypt');
const saltLength = 16;
/** The most that age itself accepts: 4 GiB of memory. rage may write it, since it measures how fast the machine is. */
const maxWorkFactor = 22;
/** What age writes. It takes a second; more is spent only after somebody agreed. */
const usualWorkFactor = 18;
const minWorkFactor = 1;
const maxWritten = 20;

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

/** What a passphrase costs, when that is more than usual. Measured: 2^21 takes 6 to 7 s. */
export function unusualCost({ workFactor }: ScryptParameters): PassphraseCost | undefined {
  if (workFactor <= usualWorkFactor) return undefined;
  return { seconds: Math.ceil(3.5 * 2 ** (workFactor - 20)), mebibytes: 2 ** (workFactor - 10) };
}

/** The parameters of a passphrase stanza. Errors: `damaged`; `refused` above a work factor of 22. */
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

/**
 * The file key, which the caller overwrites; `null` when it is another passphrase. Error: `refused` when there is not
 * enough memory.
 */
export async function unwrapScrypt(
  parameters: ScryptParameters,
  passphrase: Uint8Array,
): Promise<Outcome<Buffer | null>> {
  const { salt, workFactor } = parameters;
  let key: Buffer;
  try {
    key = await deriveKey(passphrase, salt, workFactor);
  } catch {
    const says = `not enough memory for the passphrase: it takes ${2 ** (workFactor - 10)} MiB`;
    return fail('refused', says, {
      hint: `encrypt the file again with scrypt work factor ${usualWorkFactor}`,
    });
  }
  try {
    return ok(openFileKey(key, parameters.body));
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
  if (!Number.isInteger(workFactor) || workFactor < minWorkFactor || workFactor > maxWritten) {
    throw new RangeError(`scrypt work factor ${workFactor} is not within 1 to ${maxWritten}`);
  }
  const salt = randomBytes(saltLength);
  const key = await deriveKey(passphrase, salt, workFactor);
  const body = sealFileKey(key, fileKey);
  key.fill(0);
  return { type: 'scrypt', args: [encodeBase64(salt), String(workFactor)], body };
}
