import type { ScryptRequest } from '../../crypto/unlocking.ts';

/** The hidden sub-command under which the program derives one key and ends. */
export const deriveCommand = 'internal-derive-key';

/** Bytes of the key that comes back. */
export const derivedLength = 32;

/** The status of a child that had too little memory. */
export const outOfMemory = 18;

/** Work factor, length of the salt, length of the passphrase: 1, 1 and 2 bytes; then both. */
const headLength = 4;

/** What the child reads on its stdin, in one buffer that the caller overwrites. */
export function encodeRequest({ passphrase, salt, workFactor }: ScryptRequest): Buffer {
  const frame = Buffer.alloc(headLength + salt.length + passphrase.length);
  frame.writeUInt8(workFactor, 0);
  frame.writeUInt8(salt.length, 1);
  frame.writeUInt16BE(passphrase.length, 2);
  frame.set(salt, headLength);
  frame.set(passphrase, headLength + salt.length);
  return frame;
}

/** Views of the frame, to be overwritten with it; `null` while it is not complete. */
export function decodeRequest(frame: Buffer): ScryptRequest | null {
  if (frame.length < headLength) return null;
  const passphraseAt = headLength + frame.readUInt8(1);
  const end = passphraseAt + frame.readUInt16BE(2);
  if (frame.length < end) return null;
  return {
    workFactor: frame.readUInt8(0),
    salt: frame.subarray(headLength, passphraseAt),
    passphrase: frame.subarray(passphraseAt, end),
  };
}

/** The longest frame, in bytes. */
export const maxFrame = headLength + 0xff + 0xffff;
