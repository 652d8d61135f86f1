/**
 * Which characters a person can see, and the mark that stands for those they cannot.
 *
 * A mark is given to everything that drives a terminal or draws nothing of its own: Unicode general category C
 * (controls, formats such as bidi overrides and zero-width joiners, surrogates, private use, unassigned), every
 * separator but the plain space, every Default_Ignorable_Code_Point (variation selectors, tags, Hangul fillers,
 * combining grapheme joiner) and the two blanks that Unicode calls symbols (braille blank, null notehead).
 *
 * Emoji: a single emoji stays as it is. A sequence joined by U+200D or coloured by U+FE0F is shown as its visible
 * parts with the joiners marked. Names and values are untrusted, terminals disagree on how wide a sequence is, and
 * two names that differ only by a joiner must not look the same. Flags and skin tones hold no invisible character
 * and stay whole.
 *
 * Combining marks stay on the letter they belong to, at most four on one letter (Vietnamese needs two, Hebrew with
 * cantillation three); a fifth, or a mark with no letter before it, is marked, so nothing can climb over its line
 * or onto our own border.
 */

/** Everything but printable ASCII and printable Latin-1 without no-break space and soft hyphen. */
const needsALook = /[^\x20-\x7e\xa1-\xac\xae-\xff]/;
const hidden = /(?! )[\p{C}\p{Z}\p{Default_Ignorable_Code_Point}\u2800\u{1d159}]/u;
const combining = /\p{M}/u;
const combiningLimit = 4;

/** Whether `text` is certainly free of characters that need a mark; `false` only means: look closer. */
export const isPlain = (text: string): boolean => !needsALook.test(text);

/** The mark for one character: `^[`, `^?` or `<U+202E>`. */
export function markFor(character: string): string {
  const point = character.codePointAt(0) ?? 0;
  if (point < 0x20) return `^${String.fromCharCode(point + 0x40)}`;
  if (point === 0x7f) return '^?';
  return `<U+${point.toString(16).toUpperCase().padStart(4, '0')}>`;
}

/** Walks `text` character by character and says of each whether it must be replaced by a mark. */
export function* inspectCharacters(text: string): Generator<{ character: string; hide: boolean }> {
  // Marks on the current letter; at the limit from the start, since there is no letter yet to carry one.
  let marksOnLetter = combiningLimit;
  for (const character of text) {
    if (isPlain(character)) {
      marksOnLetter = character === ' ' ? combiningLimit : 0;
      yield { character, hide: false };
    } else if (hidden.test(character)) {
      marksOnLetter = combiningLimit;
      yield { character, hide: true };
    } else if (combining.test(character)) {
      const hide = marksOnLetter >= combiningLimit;
      marksOnLetter += 1;
      yield { character, hide };
    } else {
      marksOnLetter = 0;
      yield { character, hide: false };
    }
  }
}
