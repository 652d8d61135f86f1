import { sha256 } from '@noble/hashes/sha2.js';
import type { RecipientId } from '../core/recipient.ts';
import { encodeBase64 } from './base64.ts';

/** `SHA256:…` of an ssh key, as `ssh-keygen -l` prints it; `null` for age keys, which are told apart by themselves. */
export function fingerprintOf(id: RecipientId): string | null {
  const [, base64] = /^(?:ssh|sk-ssh|ecdsa)-\S+ (\S+)$/.exec(id) ?? [];
  return base64 === undefined ? null : `SHA256:${encodeBase64(sha256(Buffer.from(base64, 'base64')))}`;
}
