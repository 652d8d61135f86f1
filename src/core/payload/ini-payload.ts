import { unquote } from './key-value-payload.ts';
import { distinctPaths, type ReadEntries, type TextEntry } from './text-entry.ts';

/**
 * INI as WireGuard, systemd, git and MySQL write it: `[section]` lines, `key = value` lines, comments with `#` or
 * `;`, and nothing else. Needs one section and one key. The path is section, key; a section that comes several
 * times (`[Peer]`) is numbered, and so is a key that repeats within one. Values run to the end of the line.
 */
export const readIni: ReadEntries = (text) => {
  const sections: { readonly name: string | null; readonly entries: TextEntry[] }[] = [
    { name: null, entries: [] },
  ];
  let next = 0;
  for (const raw of text.split('\n')) {
    const start = next + raw.length - raw.trimStart().length;
    next += raw.length + 1;
    const line = raw.trim();
    if (line === '' || line.startsWith('#') || line.startsWith(';')) continue;
    const header = /^\[([^\]]+)\]$/.exec(line);
    if (header) {
      sections.push({ name: header[1] ?? '', entries: [] });
      continue;
    }
    const equals = line.indexOf('=');
    if (equals < 1) return null;
    const path = [line.slice(0, equals).trim()];
    const value = line.slice(equals + 1).trimStart();
    const end = start + line.length;
    sections.at(-1)?.entries.push({ path, text: unquote(value), span: [end - value.length, end] });
  }
  if (sections.length < 2 || sections.every(({ entries }) => entries.length === 0)) return null;
  const names = distinctPaths(sections.map(({ name }) => ({ path: name === null ? [] : [name], text: '' })));
  return sections.flatMap(({ entries }, index) =>
    distinctPaths(entries).map((entry) => ({
      ...entry,
      path: [...(names[index]?.path ?? []), ...entry.path],
    })),
  );
};
