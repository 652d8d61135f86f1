import { readlinkSync } from 'node:fs';
import { errnoOf } from './file-failure.ts';

/** The text of a link, `undefined` when `path` is none. Throws what the system says of anything else. */
export function readLinkText(path: string): string | undefined {
  try {
    return readlinkSync(path);
  } catch (error) {
    if (errnoOf(error) === 'EINVAL') return undefined;
    throw error;
  }
}
