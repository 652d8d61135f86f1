import { fail, type Outcome } from '../../core/outcome.ts';
import { isHeaderAuthentic } from './file-key.ts';
import { openPayload } from './payload.ts';
import type { RawHeader } from './read-header.ts';

/** The plaintext of a binary age file, given its file key. The plaintext belongs to the caller. Errors: `damaged`. */
export function openFile(file: Uint8Array, header: RawHeader, fileKey: Uint8Array): Outcome<Buffer> {
  if (!isHeaderAuthentic(fileKey, file.subarray(0, header.macCovers), header.mac)) {
    return fail('damaged', 'the header is not authentic: its recipients were changed after encryption', {
      hint: 'restore the file from git, or ask whoever changed it last',
    });
  }
  return openPayload(fileKey, file.subarray(header.length));
}
