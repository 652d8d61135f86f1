import { fail, type Outcome, ok } from '../../core/outcome.ts';

/**
 * Words as a POSIX shell splits them (quotes and backslashes), without anything else that a shell does. Error: `usage`
 * for a quote that is not closed.
 */
export function splitWords(text: string): Outcome<readonly string[]> {
  const words: string[] = [];
  let word: string | null = null;
  let quote: '"' | "'" | null = null;
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charAt(at);
    const next = text.charAt(at + 1);
    if (quote === "'") {
      if (character === "'") quote = null;
      else word += character;
    } else if (character === '\\' && next !== '' && (quote === null || '"\\$`'.includes(next))) {
      word = (word ?? '') + next;
      at += 1;
    } else if (quote === '"') {
      if (character === '"') quote = null;
      else word += character;
    } else if (character === '"' || character === "'") {
      quote = character;
      word ??= '';
    } else if (/\s/.test(character)) {
      if (word !== null) words.push(word);
      word = null;
    } else word = (word ?? '') + character;
  }
  if (quote !== null) return fail('usage', 'a quote is not closed', { where: text });
  return ok(word === null ? words : [...words, word]);
}
