import { wordlist } from '@scure/bip39/wordlists/english.js';
import { describe, expect, it } from 'vitest';
import { phraseBits } from '../../../src/crypto/generate/bits-of-choice.ts';
import { generatePhrase } from '../../../src/crypto/generate/phrase.ts';
import { must } from '../support.ts';
import { chosenBytes } from './chosen-bytes.ts';

const phrase = async (
  count: number,
  separator: string,
  random?: (bytes: Uint8Array) => void,
): Promise<string> => Buffer.from(must(await generatePhrase({ count, separator }, random)).secret).toString();

describe('a phrase', () => {
  it('is words of the list with the separator between them, without a newline, and another each time', async () => {
    const made = await Promise.all(Array.from({ length: 20 }, () => phrase(8, ' ')));
    for (const one of made) {
      const words = one.split(' ');
      expect(words.length).toBe(8);
      for (const word of words) expect(wordlist).toContain(word);
    }
    expect(new Set(made).size).toBe(20);
    expect(await phrase(1, '-')).not.toContain('-');
    expect(await phrase(3, '')).toMatch(/^[a-z]{9,24}$/);
  });

  it('gives every word as often as any other: ten standard deviations either way', async () => {
    const perWord = 100;
    const counts = new Map<string, number>();
    // 100 words is the longest phrase.
    for (let at = 0; at < wordlist.length; at += 1) {
      for (const word of (await phrase(perWord, ' ')).split(' '))
        counts.set(word, (counts.get(word) ?? 0) + 1);
    }
    expect(counts.size).toBe(2048);
    for (const count of counts.values())
      expect(Math.abs(count - perWord)).toBeLessThan(10 * Math.sqrt(perWord));
  });

  it('reaches the first word and the last', async () => {
    expect(await phrase(2, '.', chosenBytes([0]))).toBe('abandon.abandon');
    expect(await phrase(2, '.', chosenBytes([255]))).toBe('zoo.zoo');
  });

  it('has eleven bits of choice for each word, whatever stands between them', () => {
    expect(2 ** phraseBits({ count: 1 })).toBe(wordlist.length);
    expect(phraseBits({ count: 8 })).toBe(88);
  });

  it.each([
    [0, '-', 'a phrase has 1 to 100 words'],
    [1.5, '-', 'a phrase has 1 to 100 words'],
    [101, '-', 'a phrase has 1 to 100 words'],
    [4, '\n', 'a separator is up to eight printable ASCII characters'],
    [4, '–', 'a separator is up to eight printable ASCII characters'],
    [4, '123456789', 'a separator is up to eight printable ASCII characters'],
  ])('of %d words with %j between them is refused', async (count, separator, says) => {
    expect(await generatePhrase({ count, separator })).toMatchObject({
      ok: false,
      error: { code: 'usage', says },
    });
  });
});
