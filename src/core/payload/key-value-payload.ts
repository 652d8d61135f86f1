import { type Assignment, linesOf, type Scan, trimmed } from './assignment.ts';
import type { ReadEntries } from './text-entry.ts';
import { isPadding, isTellingName } from './variable-name.ts';

const keyValueLine = /^([A-Za-z][\w.-]*(?: [\w.-]+)?)(?:[ \t]*=[ \t]*|:(?:[ \t]+|$))(.*)$/;
const longestKey = 64;

export const isKeyValueName = (name: string): boolean =>
  /^[A-Za-z][\w.-]*(?: [\w.-]+)?$/.test(name) && name.length <= longestKey;

/**
 * Lines of `key = value`, `key=value` or `key: value` and comment lines, nothing else. A colon needs a space or the
 * end of the line after it, so URLs and `user:password` are no keys. One line alone counts only under a telling name
 * (variable-name.ts). A value is the rest of its line as it stands, without the quotes around all of it: nothing
 * is cut at a `#`, which may well belong to a password.
 */
export const readKeyValue: ReadEntries = (text) => {
  const scan = scanKeyValue(text);
  if ('fault' in scan) return null;
  const entries = scan.assignments.map(({ name, text: value }) => ({ path: [name], text: value }));
  const [only, second] = entries;
  if (!only || entries.every((entry) => isPadding(entry.text))) return null;
  return second !== undefined || isTellingName(only.path[0] ?? '') ? entries : null;
};

/** Every assignment of the text with its place, whatever the evidence that it is key-value text at all. */
export function scanKeyValue(text: string): Scan {
  const assignments: Assignment[] = [];
  for (const { text: raw, start, end } of linesOf(text)) {
    const line = raw.trim();
    if (line === '' || line.startsWith('#')) continue;
    const nameStart = trimmed(raw, start).start;
    const [, name, value] = keyValueLine.exec(line) ?? [];
    if (name === undefined || value === undefined || name.length > longestKey) {
      return { fault: { at: nameStart, says: 'neither key = value, key: value nor a comment' } };
    }
    const range = trimmed(value, nameStart + line.length - value.length);
    assignments.push({
      name,
      text: unquote(value.trim()),
      section: 0,
      start,
      end,
      nameStart,
      nameEnd: nameStart + name.length,
      valueStart: range.start,
      valueEnd: range.end,
    });
  }
  return { assignments, headers: [] };
}

/** Without a pair of quotes around the whole, when none is inside. */
export function unquote(value: string): string {
  return /^"([^"]*)"$/.exec(value)?.[1] ?? /^'([^']*)'$/.exec(value)?.[1] ?? value;
}
