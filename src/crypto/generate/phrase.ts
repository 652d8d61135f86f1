import { fail, type Outcome, ok } from '../../core/outcome.ts';
import { wordBits } from './bits-of-choice.ts';
import { draw } from './draw.ts';
import type { Generated, RandomSource } from './generated.ts';

export interface PhraseRequest {
  /** How many words. */
  readonly count: number;
  /** Printable ASCII between two of them; may be empty. */
  readonly separator: string;
}

const maxCount = 100;
const lowByte = Uint8Array.from({ length: 256 }, (_, index) => index);
const highBits = Uint8Array.from({ length: 2 ** (wordBits - 8) }, (_, index) => index);

/** Words of which each is as likely as any other, without a newline. Error: `usage`. */
export async function generatePhrase(
  { count, separator }: PhraseRequest,
  random?: RandomSource,
): Promise<Outcome<Generated>> {
  if (!Number.isInteger(count) || count < 1 || count > maxCount)
    return fail('usage', `a phrase has 1 to ${maxCount} words`);
  if (!/^[\x20-\x7e]{0,8}$/.test(separator))
    return fail('usage', 'a separator is up to eight printable ASCII characters');
  const { wordlist } = await import('@scure/bip39/wordlists/english.js');
  if (wordlist.length !== 2 ** wordBits) throw new Error('another list of words than the one counted on');
  const high = draw(highBits, count, random);
  const low = draw(lowByte, count, random);
  const parts: Buffer[] = [];
  for (const [index, byte] of low.entries()) {
    if (index > 0) parts.push(Buffer.from(separator, 'latin1'));
    parts.push(Buffer.from(wordlist[(high[index] ?? 0) * 256 + byte] ?? '', 'latin1'));
  }
  const secret = Buffer.concat(parts);
  for (const bytes of [high, low, ...parts]) bytes.fill(0);
  return ok({ secret });
}
