import { ok } from '../../../core/outcome.ts';
import type { NixFiles } from '../nix-files.ts';

/** The files, but one of them with other content. */
export const overlayFiles = (files: NixFiles, path: string, content: Uint8Array): NixFiles => ({
  readFile: (asked) => (asked === path ? ok(content) : files.readFile(asked)),
  readDirectory: (asked) => files.readDirectory(asked),
  exists: (asked) => files.exists(asked),
  readLink: (asked) => files.readLink(asked),
});
