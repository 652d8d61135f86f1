import type { TextEntry } from '../text-entry.ts';
import { isWithin, samePath } from './key-path.ts';

/** What a nested document (JSON, YAML) reads as after an edit, from what it reads as before. */
type Entries = readonly TextEntry[];

export const withValue = (entries: Entries, path: readonly string[], text: string): Entries =>
  entries.map((entry) => (samePath(entry.path, path) ? { path, text } : entry));

export const withName = (entries: Entries, path: readonly string[], name: string): Entries =>
  entries.map((entry) =>
    isWithin(entry.path, path) ? { ...entry, path: entry.path.with(path.length - 1, name) } : entry,
  );

/** Behind everything else in the object or list it is in, which is `{}` or `[]` while it is empty. */
export function withAddition(entries: Entries, path: readonly string[], text: string): Entries {
  const parent = path.slice(0, -1);
  const added = { path, text };
  const empty = entries.findIndex((entry) => samePath(entry.path, parent));
  if (empty >= 0) return entries.with(empty, added);
  const last = entries.findLastIndex((entry) => isWithin(entry.path, parent));
  return entries.toSpliced(last + 1, 0, added);
}

/** @param siblings how many values the object or list has, this one included */
export function withoutPath(
  entries: Entries,
  path: readonly string[],
  inside: 'object' | 'array',
  siblings: number,
): Entries {
  const depth = path.length - 1;
  const parent = path.slice(0, -1);
  const first = entries.findIndex((entry) => isWithin(entry.path, path));
  const kept = entries.filter((entry) => !isWithin(entry.path, path));
  if (siblings === 1)
    return kept.toSpliced(first, 0, { path: parent, text: inside === 'object' ? '{}' : '[]' });
  if (inside === 'object') return kept;
  const position = Number(path[depth]);
  return kept.map((entry) => {
    const own = Number(entry.path[depth]);
    return isWithin(entry.path, parent) && own > position
      ? { ...entry, path: entry.path.with(depth, String(own - 1)) }
      : entry;
  });
}
