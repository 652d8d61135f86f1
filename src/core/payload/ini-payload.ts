import {
  type Assignment,
  type Assignments,
  linesOf,
  type Scan,
  type SectionHeader,
  trimmed,
} from './assignment.ts';
import { unquote } from './key-value-payload.ts';
import { distinctPaths, type ReadEntries, type TextEntry } from './text-entry.ts';

/**
 * INI as WireGuard, systemd, git and MySQL write it: `[section]` lines, `key = value` lines, comments with `#` or
 * `;`, and nothing else. Needs one section and one key. The path is section, key; a section that comes several
 * times (`[Peer]`) is numbered, and so is a key that repeats within one. Values run to the end of the line.
 */
export const readIni: ReadEntries = (text) => {
  const scan = scanIni(text);
  if ('fault' in scan || scan.headers.length === 0 || scan.assignments.length === 0) return null;
  return entriesOfSections(scan);
};

/** Every assignment of the text with its place, whatever the evidence that it is INI at all. */
export function scanIni(text: string): Scan {
  const assignments: Assignment[] = [];
  const headers: SectionHeader[] = [];
  for (const { text: raw, start, end } of linesOf(text)) {
    const line = raw.trim();
    if (line === '' || line.startsWith('#') || line.startsWith(';')) continue;
    const header = /^\[([^\]]+)\]$/.exec(line)?.[1];
    if (header !== undefined) {
      headers.push({ name: header, end });
      continue;
    }
    const from = trimmed(raw, start).start;
    const equals = line.indexOf('=');
    if (equals < 1) return { fault: { at: from, says: 'neither [section], key = value nor a comment' } };
    const name = line.slice(0, equals).trim();
    const value = trimmed(line.slice(equals + 1), from + equals + 1);
    assignments.push({
      name,
      text: unquote(line.slice(equals + 1).trim()),
      section: headers.length,
      start,
      end,
      nameStart: from,
      nameEnd: from + name.length,
      valueStart: value.start,
      valueEnd: value.end,
    });
  }
  return { assignments, headers };
}

type Named = Pick<Assignment, 'name' | 'text' | 'section'>;

/** The path of each section, by number; empty for what stands before the first. */
export const sectionPaths = (headers: Assignments['headers']): readonly (readonly string[])[] =>
  distinctPaths([{ path: [], text: '' }, ...headers.map(({ name }) => ({ path: [name], text: '' }))]).map(
    ({ path }) => path,
  );

export function entriesOfSections({
  assignments,
  headers,
}: {
  readonly assignments: readonly Named[];
  readonly headers: Assignments['headers'];
}): readonly TextEntry[] {
  const sections: TextEntry[][] = [[], ...headers.map(() => [])];
  for (const { name, text, section } of assignments) sections[section]?.push({ path: [name], text });
  const paths = sectionPaths(headers);
  return sections.flatMap((entries, number) =>
    distinctPaths(entries).map(({ path, text }) => ({ path: [...(paths[number] ?? []), ...path], text })),
  );
}
