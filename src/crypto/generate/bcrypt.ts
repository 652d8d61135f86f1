import { randomFillSync } from 'node:crypto';
import { fail, type Outcome, ok } from '../../core/outcome.ts';
import { decodeUtf8 } from '../../core/utf8.ts';
import type { RandomSource } from './generated.ts';

/** The algorithm cuts off what is longer. */
const maxPassword = 72;
const saltBytes = 16;
const defaultCost = 12;

export interface BcryptRequest {
  /** Doublings of the work: 4 to 16 (on one core about 0.3 s at 12, 5 s at 16). */
  readonly cost?: number;
  /** `2b` as crypt(5) writes it; Apache's htpasswd calls the same thing `2y`. */
  readonly mark?: '2b' | '2y';
}

/**
 * The bcrypt hash of a password. Error: `usage` for a password that is empty, longer than 72 bytes (the rest of which
 * would not count), not UTF-8 or has a NUL, and for the cost.
 */
export async function hashWithBcrypt(
  password: Uint8Array,
  { cost = defaultCost, mark = '2b' }: BcryptRequest = {},
  random: RandomSource = randomFillSync,
): Promise<Outcome<string>> {
  const text = decodeUtf8(password);
  if (text === null || password.length === 0 || password.length > maxPassword || password.includes(0)) {
    return fail('usage', `bcrypt takes 1 to ${maxPassword} bytes of text without NUL`);
  }
  if (!Number.isInteger(cost) || cost < 4 || cost > 16) return fail('usage', 'the cost of bcrypt is 4 to 16');
  const { default: bcrypt } = await import('bcryptjs');
  const salt = Buffer.alloc(saltBytes);
  random(salt);
  const encoded = bcrypt.encodeBase64(salt, saltBytes);
  const hash = await bcrypt.hash(text, `$2b$${String(cost).padStart(2, '0')}$${encoded}`);
  return ok(hash.replace(/^\$2b/, `$${mark}`));
}

/** One line of an htpasswd file. Error: `usage` for a name that cannot be in one. */
export function htpasswdLine(user: string, hash: string): Outcome<string> {
  if (!/^[^:\p{Cc}]{1,255}$/u.test(user)) return fail('usage', 'a user name is one line without a colon');
  return ok(`${user}:${hash}\n`);
}
