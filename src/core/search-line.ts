/** A text made ready for scanning. Built once per entry and key. */
export interface SearchLine {
  readonly text: string;
  /** Lower case, with the same UTF-16 positions as `text`. */
  readonly lower: string;
  /** One bit per kind of character in it: a token with a bit that is missing here cannot match. */
  readonly mask: number;
  /** Where the last path segment starts, for `/` in file paths and `.` in key paths. */
  readonly base: number;
}

export function searchLine(text: string, separator: '/' | '.'): SearchLine {
  const lower = lowerCase(text);
  return { text, lower, mask: characterMask(lower), base: text.lastIndexOf(separator) + 1 };
}

/** Lower case that keeps positions: a character whose lower case is longer (`İ`) stays as it is. */
export function lowerCase(text: string): string {
  const lower = text.toLowerCase();
  if (lower.length === text.length) return lower;
  return [...text]
    .map((character) => {
      const small = character.toLowerCase();
      return small.length === character.length ? small : character;
    })
    .join('');
}

/** Bits 0–25 for a–z, 26–29 for digits by value modulo 4, 30 for everything outside ASCII; punctuation has none. */
export function characterMask(lower: string): number {
  let mask = 0;
  for (let index = 0; index < lower.length; index += 1) {
    const unit = lower.charCodeAt(index);
    if (unit >= 97 && unit <= 122) mask |= 1 << (unit - 97);
    else if (unit >= 48 && unit <= 57) mask |= 1 << (26 + (unit & 3));
    else if (unit > 127) mask |= 1 << 30;
  }
  return mask;
}

/** How many kinds of characters of the token the line lacks. */
export function missingKinds(token: number, line: number): number {
  let missing = token & ~line;
  let count = 0;
  for (; missing !== 0; missing &= missing - 1) count += 1;
  return count;
}
