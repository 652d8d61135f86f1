import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** Tells whether a clipboard still holds what we put there, without keeping it. Both are hexadecimal. */
export interface ContentHash {
  readonly salt: string;
  readonly hash: string;
}

const hashWith = (salt: string, text: string): Buffer =>
  createHmac('sha256', Buffer.from(salt, 'hex')).update(normalise(text)).digest();

/** Desktops change line ends and drop the last newline; that is still our value. */
const normalise = (text: string): string => text.replaceAll('\r\n', '\n').replace(/\n$/, '');

export function hashContent(text: string): ContentHash {
  const salt = randomBytes(16).toString('hex');
  return { salt, hash: hashWith(salt, text).toString('hex') };
}

export function isSameContent(text: string, { salt, hash }: ContentHash): boolean {
  const other = Buffer.from(hash, 'hex');
  const own = hashWith(salt, text);
  return own.length === other.length && timingSafeEqual(own, other);
}
