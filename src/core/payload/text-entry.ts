/** One value of a structured text, still as text. */
export interface TextEntry {
  readonly path: readonly string[];
  readonly text: string;
}

/** A format's reading of a text: `null` means it is not this format. */
export type ReadEntries = (text: string) => readonly TextEntry[] | null;

/** Beyond these a document is data, not a set of secrets: it is shown as text. */
export const entryLimit = 10_000;
export const depthLimit = 64;

/**
 * Makes paths unique: where one occurs more than once (two `[Peer]` sections, a variable set twice) each gets its
 * position as a further segment, as in a list.
 */
export function distinctPaths(entries: readonly TextEntry[]): readonly TextEntry[] {
  const total = new Map<string, number>();
  for (const { path } of entries) total.set(JSON.stringify(path), (total.get(JSON.stringify(path)) ?? 0) + 1);
  const seen = new Map<string, number>();
  return entries.map((entry) => {
    const name = JSON.stringify(entry.path);
    if (total.get(name) === 1) return entry;
    const position = seen.get(name) ?? 0;
    seen.set(name, position + 1);
    return { ...entry, path: [...entry.path, String(position)] };
  });
}
