import { nearestWord } from '../core/nearest-word.ts';

/** With fewer letters nearly everything begins so. */
const shortestStart = 3;

/**
 * The word of the command line that may have been meant: the only one that begins so, else the closest. Dashes in front
 * count as no letters.
 */
export function meantWord(word: string, words: readonly string[]): string | undefined {
  const isLong = word.replace(/^-+/, '').length >= shortestStart;
  const [only, ...others] = isLong ? words.filter((one) => one.startsWith(word)) : [];
  return others.length === 0 && only !== undefined ? only : nearestWord(word, words);
}
