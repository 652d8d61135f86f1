import { fail, type Outcome, ok } from '../../core/outcome.ts';
import { draw } from './draw.ts';
import type { Generated, RandomSource } from './generated.ts';

const letters = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';
const digits = '0123456789';

/** Alphabets by name. */
export const alphabets = {
  /** Needs no quotes anywhere. */
  alphanumeric: letters + digits,
  /** Without what is mistaken for something else when it is read aloud or typed off: 0 O o 1 l I. */
  readable: 'abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789',
  /** Everything on a US keyboard but the space. */
  printable: `${letters}${digits}!"#$%&'()*+,-./:;<=>?@[\\]^_\`{|}~`,
  digits,
} as const;

/** Those of an alphabet that is named, else the characters themselves. */
export const charactersOf = (alphabet: string): string =>
  Object.entries(alphabets).find(([name]) => name === alphabet)?.[1] ?? alphabet;

export interface PasswordRequest {
  readonly length: number;
  /** Printable ASCII characters, each once. */
  readonly alphabet: string;
}

const maxLength = 4096;

/** Characters drawn from an alphabet, without a newline. Error: `usage`. */
export function generatePassword(
  { length, alphabet }: PasswordRequest,
  random?: RandomSource,
): Outcome<Generated> {
  if (!Number.isInteger(length) || length < 1 || length > maxLength) {
    return fail('usage', `a password has 1 to ${maxLength} characters`);
  }
  if (!/^[\x20-\x7e]{2,}$/.test(alphabet)) {
    return fail('usage', 'an alphabet is two or more printable ASCII characters');
  }
  if (new Set(alphabet).size < alphabet.length) return fail('usage', 'the alphabet has a character twice');
  return ok({ secret: draw(Buffer.from(alphabet, 'latin1'), length, random) });
}

/** How many bits of choice such a password has. */
export const passwordBits = ({ length, alphabet }: PasswordRequest): number =>
  length * Math.log2(alphabet.length);
