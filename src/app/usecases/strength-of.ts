import { charactersOf } from '../../crypto/generate/alphabets.ts';
import { passwordBits, phraseBits } from '../../crypto/generate/bits-of-choice.ts';
import type { ValueWish } from './generate-value.ts';
import { defaultLengths } from './value-kinds.ts';

/** Below so many bits of choice whoever has a hash of it, or may try often, finds it. */
export const guessableBits = 64;

/**
 * How many bits of choice a generated value has: what somebody has to try who knows how it was made. `null` for keys,
 * whose strength is that of their kind.
 */
export function strengthOf({
  kind,
  alphabet,
  length = defaultLengths[kind] ?? 0,
}: Pick<ValueWish, 'kind' | 'length' | 'alphabet'>): number | null {
  switch (kind) {
    case 'password':
      return passwordBits({ length, alphabet: charactersOf(alphabet) });
    case 'words':
      return phraseBits({ count: length });
    case 'hex':
    case 'base64':
    case 'base64url':
      return length * 8;
    case 'uuid':
      return 122;
    default:
      return null;
  }
}
