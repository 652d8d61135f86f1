/**
 * One JSON object on one line, safe to look at: what a terminal would obey or hide is written as `\uXXXX`, which
 * every JSON reader turns back into the same string.
 */
export function jsonText(value: unknown): string {
  const text = JSON.stringify(value);
  return `${plain.test(text) ? text : text.replace(unsafe, escapeUnits)}\n`;
}

/** Most output is ASCII; the expression below takes a millisecond to compile. */
const plain = /^[\x20-\x7e]*$/;
const unsafe = /[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;

function escapeUnits(character: string): string {
  let escaped = '';
  for (let index = 0; index < character.length; index++) {
    escaped += `\\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`;
  }
  return escaped;
}
