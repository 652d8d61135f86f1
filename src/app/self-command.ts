import { realpathSync } from 'node:fs';
import path from 'node:path';

/**
 * The command that runs this program again, for its hidden sub-commands. `null` in some other program that imports
 * this one: that would not know them.
 */
export function selfCommand(script: string | undefined = process.argv[1]): readonly string[] | null {
  if (script === undefined) return null;
  const file = whereItLies(path.resolve(script));
  if (!/keyhole|^main\.ts$/.test(path.basename(file))) return null;
  return [process.execPath, file];
}

/** Whoever calls it by a link of another name runs the same program. */
function whereItLies(file: string): string {
  try {
    return realpathSync(file);
  } catch {
    return file;
  }
}
