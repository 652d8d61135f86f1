import type { ReadEntries, TextEntry } from './text-entry.ts';
import { isPadding, isTellingName } from './variable-name.ts';

const keyValueLine = /^([A-Za-z][\w.-]*(?: [\w.-]+)?)(?:[ \t]*=[ \t]*|:(?:[ \t]+|$))(.*)$/;
const longestKey = 64;

/**
 * Lines of `key = value`, `key=value` or `key: value` and comment lines, nothing else. A colon needs a space or the
 * end of the line after it, so URLs and `user:password` are no keys. One line alone counts only under a telling name
 * (variable-name.ts). A value is the rest of its line as it stands, without the quotes around all of it: nothing
 * is cut at a `#`, which may well belong to a password.
 */
export const readKeyValue: ReadEntries = (text) => {
  const entries: TextEntry[] = [];
  let next = 0;
  for (const raw of text.split('\n')) {
    const start = next + raw.length - raw.trimStart().length;
    next += raw.length + 1;
    const line = raw.trim();
    if (line === '' || line.startsWith('#')) continue;
    const [, key, value] = keyValueLine.exec(line) ?? [];
    if (key === undefined || value === undefined || key.length > longestKey) return null;
    const end = start + line.length;
    entries.push({ path: [key], text: unquote(value.trim()), span: [end - value.trimStart().length, end] });
  }
  const [only, second] = entries;
  if (!only || entries.every((entry) => isPadding(entry.text))) return null;
  return second !== undefined || isTellingName(only.path[0] ?? '') ? entries : null;
};

/** Without a pair of quotes around the whole, when none is inside. */
export function unquote(value: string): string {
  return /^"([^"]*)"$/.exec(value)?.[1] ?? /^'([^']*)'$/.exec(value)?.[1] ?? value;
}
