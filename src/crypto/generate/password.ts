import { fail, type Outcome, ok } from '../../core/outcome.ts';
import { draw } from './draw.ts';
import type { Generated, RandomSource } from './generated.ts';

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
