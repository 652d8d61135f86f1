import { depthLimit } from '../text-entry.ts';

const blank = /[ \t\n\r]*/y;
const number = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?/y;
const word = /true|false|null/y;

/** Offset of the first character that JSON cannot have there, `null` when there is none (RFC 8259). */
export function jsonError(text: string): number | null {
  let at = 0;
  const skip = (pattern: RegExp): boolean => {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    at += found?.[0].length ?? 0;
    return found !== null;
  };
  /** Whether the character is the next one, which it then is no longer. */
  const take = (character: string): boolean => {
    skip(blank);
    if (text.charAt(at) !== character) return false;
    at += 1;
    return true;
  };
  const string = (): boolean => {
    if (!take('"')) return false;
    for (; at < text.length; at += 1) {
      const character = text.charAt(at);
      if (character === '"') {
        at += 1;
        return true;
      }
      if (character < ' ') return false;
      if (character === '\\') {
        if (!/^\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/.test(text.slice(at, at + 6))) return false;
        at += 1;
      }
    }
    return false;
  };
  const members = (close: string, member: () => boolean): boolean => {
    if (take(close)) return true;
    do if (!member()) return false;
    while (take(','));
    return take(close);
  };
  const value = (depth: number): boolean => {
    if (depth > depthLimit) return false;
    const inner = (): boolean => value(depth + 1);
    if (take('{')) return members('}', () => string() && take(':') && inner());
    if (take('[')) return members(']', inner);
    return text.charAt(at) === '"' ? string() : skip(number) || skip(word);
  };
  const whole = value(0);
  skip(blank);
  return whole && at === text.length ? null : at;
}
