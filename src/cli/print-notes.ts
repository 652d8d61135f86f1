import { show } from '../core/safe-text.ts';
import type { CliIo } from './cli-io.ts';

/** Tells a person something beside the result. */
export function printNotes(notes: readonly string[], io: CliIo): void {
  for (const note of notes) io.stderr.write(`keyhole: ${show(note)}\n`);
}
