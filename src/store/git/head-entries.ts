import { type Outcome, ok } from '../../core/outcome.ts';
import { decodeUtf8 } from '../../core/utf8.ts';
import type { RunGit } from './safe-git.ts';

/** A file as a commit holds it. */
export interface HeadEntry {
  readonly mode: string;
  readonly id: string;
}

/** Arguments of a program may be longer than this together, on every system. */
const argumentRoom = 64 * 1024;

/** The files of a commit: all of them, or those that are asked for. Errors: those of `RunGit`. */
export async function headEntries(
  run: RunGit,
  head: string,
  paths: ReadonlySet<string> | null,
): Promise<Outcome<ReadonlyMap<string, HeadEntry>>> {
  const room = [...(paths ?? [])].reduce((sum, path) => sum + Buffer.byteLength(path) + 9, 0);
  const named = paths !== null && room < argumentRoom ? [...paths] : [];
  if (paths?.size === 0) return ok(new Map());
  const listed = await run(['ls-tree', '-r', '-z', '--full-tree', head, '--', ...named]);
  if (!listed.ok) return listed;
  const entries = new Map<string, HeadEntry>();
  for (let at = 0; at < listed.value.length; ) {
    const end = listed.value.indexOf(0, at);
    if (end < 0) break;
    const line = listed.value.subarray(at, end);
    at = end + 1;
    const tab = line.indexOf('\t');
    const path = decodeUtf8(line.subarray(tab + 1));
    if (path === null || paths?.has(path) === false) continue;
    const [mode = '', , id = ''] = line.subarray(0, tab).toString('latin1').split(' ');
    entries.set(path, { mode, id });
  }
  return ok(entries);
}
