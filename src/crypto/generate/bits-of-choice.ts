import type { PasswordRequest } from './password.ts';
import type { PhraseRequest } from './phrase.ts';

/** The English list of BIP 39 has 2048 words, no two of which begin with the same four letters. */
export const wordBits = 11;

/** How many bits of choice such a password has. */
export const passwordBits = ({ length, alphabet }: PasswordRequest): number =>
  length * Math.log2(alphabet.length);

/** How many bits of choice such a phrase has; what stands between the words adds none. */
export const phraseBits = ({ count }: Pick<PhraseRequest, 'count'>): number => count * wordBits;
