import { type AppError, fail, type Outcome, ok } from '../../core/outcome.ts';
import { decodeUtf8 } from '../../core/utf8.ts';
import type { Editor } from '../editor/choose-editor.ts';
import type { LendTerminal } from '../editor/lend-terminal.ts';
import { runEditor } from '../editor/run-editor.ts';
import { makeScratch, type Scratch } from '../editor/scratch.ts';
import { withFinalNewline } from './final-newline.ts';
import type { Decide } from './text-obstacle.ts';

export interface ReworkInput {
  /** Belongs to the use-case, which overwrites it. */
  readonly text: Uint8Array;
  /** What the text is called in the editor. */
  readonly name: string;
  readonly editor: Editor;
  /** A private directory in memory. */
  readonly place: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Bytes that the caller can take back. */
  readonly limit: number;
  readonly lendTerminal: LendTerminal;
  readonly decide: Decide;
}

/**
 * Gives a text that is not saved yet to an editor, and its caller what became of it: bytes that belong to the caller.
 * Nothing is written. Errors: `stopped` (given up, or the editor failed), `io`, `not-found`, `refused`.
 */
export async function reworkInEditor(input: ReworkInput): Promise<Outcome<Uint8Array>> {
  const scratch = makeScratch(input.place);
  if (!scratch.ok) {
    input.text.fill(0);
    return scratch;
  }
  try {
    return await untilTaken(input, scratch.value);
  } finally {
    scratch.value.remove();
    input.text.fill(0);
  }
}

async function untilTaken(input: ReworkInput, scratch: Scratch): Promise<Outcome<Uint8Array>> {
  const { text, name, editor, env, lendTerminal, decide } = input;
  const file = scratch.add(name, text);
  if (!file.ok) return file;
  const run = { directory: scratch.directory, files: [file.value], env, stdoutIsTerminal: true };
  for (;;) {
    const ran = await lendTerminal(() => runEditor(editor, run));
    if (!ran.ok) return ran;
    const saved = scratch.read(name);
    if (!saved.ok) return saved;
    const error = whyNotTaken(saved.value, input.limit);
    if (error === null) {
      const kept = Uint8Array.from(withFinalNewline(saved.value, text, 'keep'));
      saved.value.fill(0);
      return ok(kept);
    }
    saved.value.fill(0);
    const choice = await decide({ kind: 'no-text', error });
    if (choice === null) return { ok: false, error };
    if (choice === 'discard') return fail('stopped', 'the edit is as it was before the editor');
  }
}

function whyNotTaken(bytes: Uint8Array, limit: number): AppError | null {
  if (bytes.includes(0) || decodeUtf8(bytes) === null)
    return { code: 'malformed', says: 'what the editor saved is not UTF-8 text' };
  return bytes.length > limit ? { code: 'unsupported', says: 'it is too long to be edited here' } : null;
}
