import { fail, type Outcome, ok } from '../../core/outcome.ts';
import { charactersOf } from '../../crypto/generate/alphabets.ts';
import { hashWithBcrypt, htpasswdLine } from '../../crypto/generate/bcrypt.ts';
import { generate } from '../../crypto/generate/generate.ts';
import type { Generated } from '../../crypto/generate/generated.ts';
import { generatePassword } from '../../crypto/generate/password.ts';
import { rsaLengths } from '../../crypto/generate/rsa-lengths.ts';
import { hashWithSha512Crypt } from '../../crypto/generate/sha512-crypt.ts';
import { defaultLengths, type HashKind, type ValueKind } from './value-kinds.ts';

export interface ValueWish {
  readonly kind: Exclude<ValueKind, HashKind>;
  /** Characters of a password, words of a phrase, bytes of random text, bits of an RSA key. */
  readonly length?: number;
  /** The name of an alphabet, or its characters. */
  readonly alphabet: string;
  /** Between words. */
  readonly separator: string;
  /** Of an ssh key. */
  readonly comment: string;
}

/** A fresh value. Errors: `usage`. */
export async function generateValue(wish: ValueWish): Promise<Outcome<Generated>> {
  const { kind, comment, separator } = wish;
  const length = wish.length ?? defaultLengths[kind] ?? 0;
  switch (kind) {
    case 'password':
      return freshPassword(length, wish.alphabet);
    case 'words':
      return generate({ kind, count: length, separator });
    case 'hex':
    case 'base64':
    case 'base64url':
      return generate({ kind, count: length });
    case 'ssh-ed25519':
      return generate({ kind, comment });
    case 'ssh-rsa': {
      const bits = rsaLengths.find((one) => one === length);
      if (bits === undefined) return fail('usage', `an RSA key has ${rsaLengths.join(', ')} bits`);
      return generate({ kind, bits, comment });
    }
    case 'uuid':
    case 'age':
    case 'wireguard':
      return generate({ kind });
  }
}

/** For a hash: a password that people can type off. */
export const freshPassword = (length: number, alphabet: string): Outcome<Generated> =>
  generatePassword({ length, alphabet: charactersOf(alphabet) });

/** What a program checks a password with. The password stays the caller's. Errors: `usage`. */
export async function hashPassword(
  kind: HashKind,
  password: Uint8Array,
  user: string | null,
): Promise<Outcome<Uint8Array>> {
  if (kind === 'htpasswd' && user === null)
    return fail('usage', 'an htpasswd line needs a user', { hint: 'name one with --user' });
  if (kind === 'sha512-crypt') return bytesOf(hashWithSha512Crypt(password));
  const hash = await hashWithBcrypt(password, { mark: kind === 'htpasswd' ? '2y' : '2b' });
  return bytesOf(hash.ok && kind === 'htpasswd' ? htpasswdLine(user ?? '', hash.value) : hash);
}

const bytesOf = (text: Outcome<string>): Outcome<Uint8Array> =>
  text.ok ? ok(new TextEncoder().encode(text.value)) : text;
