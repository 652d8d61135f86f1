import { randomBytes } from 'node:crypto';
import { fail, type Outcome, ok } from '../../core/outcome.ts';
import type { Stanza } from '../../core/stanza.ts';
import { decodeBase64, encodeBase64 } from '../base64.ts';
import type { PassphraseCost } from '../keyring.ts';
import type { Unlocking } from '../unlocking.ts';
import { deriveScrypt } from './derive-scrypt.ts';
import { openFileKey, sealFileKey, wrappedLength } from './file-key.ts';

const label = Buffer.from('age-encryption.org/v1/scrypt');
const saltLength = 16;
/** The most that age itself accepts: 4 GiB of memory. rage may write it, since it measures how fast the machine is. */
const maxWorkFactor = 22;
/** What age writes. It takes a second; more is spent only after somebody agreed. */
const usualWorkFactor = 18;
const minWorkFactor = 1;
const maxWritten = 20;

const withLabel = (salt: Uint8Array): Buffer => Buffer.concat([label, salt]);

export interface ScryptParameters {
  readonly salt: Buffer;
  /** Base-2 logarithm of the cost. */
  readonly workFactor: number;
  readonly body: Uint8Array;
}

/** About, on a usual machine. Measured: 2^21 takes 6 to 7 s. */
export const secondsOf = (workFactor: number): number => Math.ceil(3.5 * 2 ** (workFactor - 20));

/** What a passphrase costs, when that is more than usual. */
export function unusualCost({ workFactor }: ScryptParameters): PassphraseCost | undefined {
  if (workFactor <= usualWorkFactor) return undefined;
  return { seconds: secondsOf(workFactor), mebibytes: 2 ** (workFactor - 10) };
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
 * The file key, which the caller overwrites; `null` when it is another passphrase. Errors: those of deriving the key.
 */
export async function unwrapScrypt(
  { salt, workFactor, body }: ScryptParameters,
  passphrase: Uint8Array,
  unlocking: Unlocking,
): Promise<Outcome<Buffer | null>> {
  const request = { passphrase, salt: withLabel(salt), workFactor };
  const key = await unlocking.scrypt(request, unlocking.signal());
  if (!key.ok) return key;
  try {
    return ok(openFileKey(key.value, body));
  } finally {
    key.value.fill(0);
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
  const request = { passphrase, salt: withLabel(salt), workFactor };
  const key = await deriveScrypt(request, new AbortController().signal);
  if (!key.ok) throw new RangeError(key.error.says);
  const body = sealFileKey(key.value, fileKey);
  key.value.fill(0);
  return { type: 'scrypt', args: [encodeBase64(salt), String(workFactor)], body };
}
