import { type Outcome, ok } from '../../core/outcome.ts';
import { freshPassword, generateValue, hashPassword, type ValueWish } from './generate-value.ts';
import type { NewSecret } from './prepare-new.ts';
import type { HashKind } from './value-kinds.ts';

/** Where the value of a new secret comes from. */
export type SecretWish =
  | { readonly from: 'bytes'; readonly value: Uint8Array }
  | { readonly from: 'generator'; readonly wish: ValueWish }
  | {
      readonly from: 'password';
      readonly kind: HashKind;
      readonly user: string | null;
      /** A newline at its end, which programs write, is nobody's password. */
      readonly password: Uint8Array;
    }
  | {
      readonly from: 'fresh-password';
      readonly kind: HashKind;
      readonly user: string | null;
      readonly length: number;
      readonly alphabet: string;
      /** Path of the secret that keeps the password, from the root. */
      readonly keptIn: string;
    };

const newline = 0x0a;

/**
 * The secrets that a wish amounts to. Bytes that were given are overwritten, or in the result, whose bytes belong to the
 * caller. Errors: `usage`.
 */
export async function makeSecrets(path: string, wish: SecretWish): Promise<Outcome<readonly NewSecret[]>> {
  switch (wish.from) {
    case 'bytes':
      return ok([{ path, value: wish.value }]);
    case 'generator': {
      const generated = await generateValue(wish.wish);
      if (!generated.ok) return generated;
      const { secret: value, publicLine } = generated.value;
      return ok([{ path, value, ...(publicLine !== undefined && { publicLine }) }]);
    }
    case 'password': {
      const { kind, user, password } = wish;
      const end = password.at(-1) === newline ? -1 : password.length;
      const hash = await hashPassword(kind, password.subarray(0, end), user);
      password.fill(0);
      return hash.ok ? ok([{ path, value: hash.value }]) : hash;
    }
    case 'fresh-password': {
      const { kind, user, length, alphabet, keptIn } = wish;
      const password = freshPassword(length, alphabet);
      if (!password.ok) return password;
      const hash = await hashPassword(kind, password.value.secret, user);
      if (hash.ok)
        return ok([
          { path, value: hash.value },
          { path: keptIn, value: password.value.secret },
        ]);
      password.value.secret.fill(0);
      return hash;
    }
  }
}
