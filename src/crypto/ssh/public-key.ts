import { decodeBase64Into } from '../base64.ts';
import { positiveInteger, readWire, wireInteger, wireString } from './wire.ts';

/** An SSH public key that age can encrypt to. `blob` is its wire form, the base64 field of a `.pub` line. */
export type SshPublicKey =
  | { readonly kind: 'ssh-ed25519'; readonly blob: Buffer; readonly point: Buffer }
  | { readonly kind: 'ssh-rsa'; readonly blob: Buffer; readonly exponent: Buffer; readonly modulus: Buffer };

// age refuses a modulus below 256 bytes; 16,384 bits is what OpenSSH itself reads at most.
const minModulusBytes = 256;
const maxModulusBytes = 2048;

const isOdd = (magnitude: Buffer): boolean => ((magnitude.at(-1) ?? 0) & 1) === 1;

/** Reads a wire-format public key. Answers why, in words, when age cannot encrypt to it. */
export function parseSshBlob(blob: Buffer): SshPublicKey | string {
  const reader = readWire(blob);
  const type = reader.string()?.toString('latin1');
  if (type === 'ssh-ed25519') {
    const point = reader.string();
    if (point?.length !== 32 || reader.rest().length > 0) return 'malformed ssh-ed25519 key';
    return { kind: 'ssh-ed25519', blob, point };
  }
  if (type === 'ssh-rsa') {
    const exponent = positiveInteger(reader.string());
    const modulus = positiveInteger(reader.string());
    if (exponent === null || modulus === null || reader.rest().length > 0) return 'malformed ssh-rsa key';
    // With e = 1 everybody reads the file key, and an even number belongs to no RSA key.
    const isTrivial = exponent.length === 1 && (exponent[0] ?? 0) < 3;
    if (isTrivial || exponent.length > 4 || !isOdd(exponent) || !isOdd(modulus)) return 'unsafe ssh-rsa key';
    if (modulus.length < minModulusBytes) return 'ssh-rsa key is too short for age, which needs 2048 bits';
    if (modulus.length > maxModulusBytes) return 'ssh-rsa key is longer than 16384 bits';
    return { kind: 'ssh-rsa', blob, exponent, modulus };
  }
  return type === undefined ? 'malformed ssh key' : 'this kind of ssh key cannot be an age recipient';
}

export const ed25519Blob = (point: Uint8Array): Buffer =>
  Buffer.concat([wireString(Buffer.from('ssh-ed25519')), wireString(point)]);

export const rsaBlob = (exponent: Uint8Array, modulus: Uint8Array): Buffer =>
  Buffer.concat([wireString(Buffer.from('ssh-rsa')), wireInteger(exponent), wireInteger(modulus)]);

/** The fields of a `.pub` line: type, blob, comment. `null` when it does not look like one. */
export function parseSshLine(line: string): { type: string; blob: Buffer; comment: string } | null {
  const match = /^([a-z0-9@.-]+)[ \t]+([A-Za-z0-9+/]+)={0,2}(?:[ \t]+(.*))?$/.exec(line);
  const [, type, base64, comment] = match ?? [];
  if (type === undefined || base64 === undefined) return null;
  const blob = Buffer.alloc(Math.floor((base64.length * 3) / 4));
  const text = Buffer.from(base64, 'latin1');
  if (decodeBase64Into(text, 0, text.length, blob, 0) !== blob.length) return null;
  const inner = readWire(blob).string();
  return inner?.toString('latin1') === type ? { type, blob, comment: comment?.trim() ?? '' } : null;
}
