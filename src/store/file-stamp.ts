import { statSync } from 'node:fs';

/** The clock of a file system may lag behind by this much, in milliseconds: two changes within it may look like one. */
const grain = 20;

/**
 * What changes when a file does, without reading it; `null` when a change could have gone unnoticed, because the last
 * one is not older than `since` (milliseconds since 1970), the start of the reading that the stamp is for.
 */
export function stampOf(path: string, since: number): string | null {
  const stats = statSync(path, { bigint: true, throwIfNoEntry: false });
  if (stats === undefined) return 'none';
  const changed = Number(stats.ctimeMs);
  // What claims to be of the future says nothing about now.
  if (changed > since - grain && changed < Date.now() + grain) return null;
  return `${stats.dev} ${stats.ino} ${stats.size} ${stats.mtimeNs} ${stats.ctimeNs}`;
}
