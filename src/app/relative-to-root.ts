import { realpathSync } from 'node:fs';
import path from 'node:path';

/** `directory` as seen from `root`, with `/` and `''` for the root itself; `null` when it lies elsewhere or is gone. */
export function relativeToRoot(root: string, directory: string): string | null {
  try {
    const relative = path.relative(realpathSync(root), realpathSync(directory));
    const outside = relative === '..' || relative.startsWith(`..${path.sep}`) || path.isAbsolute(relative);
    return outside ? null : relative.split(path.sep).join('/');
  } catch {
    return null;
  }
}
