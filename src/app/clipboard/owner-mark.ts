import { createHash } from 'node:crypto';
import {
  closeSync,
  constants,
  lstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  writeSync,
} from 'node:fs';
import path from 'node:path';
import type { Env } from './clipboard-ports.ts';

/**
 * Which copy of ours was the last one to a clipboard that cannot be read back. A random word per copy, kept in
 * `$XDG_RUNTIME_DIR/keyhole` (memory-backed, the user's own) under a name for the terminal or tmux server. It says
 * nothing about the value. Where it cannot be written every copy counts as the last.
 */
export interface OwnerMark {
  readonly file: string;
  readonly nonce: string;
}

/** @param place what tells this clipboard from others, such as the terminal's device number */
export function markOwner(env: Env, place: string, nonce: string): OwnerMark | null {
  const runtime = env['XDG_RUNTIME_DIR'];
  if (!runtime || !path.isAbsolute(runtime)) return null;
  const name = createHash('sha256').update(place).digest('hex').slice(0, 16);
  const file = path.join(runtime, 'keyhole', `clipboard-${name}`);
  try {
    if (!isOurDirectory(path.dirname(file))) return null;
    const { O_WRONLY, O_CREAT, O_TRUNC, O_NOFOLLOW } = constants;
    const descriptor = openSync(file, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW, 0o600);
    writeSync(descriptor, nonce);
    closeSync(descriptor);
    return { file, nonce };
  } catch {
    return null; // no later copy can be told from ours then; clearing too early is the lesser harm
  }
}

/** Made when it is not there. In somebody else's, reading the mark could wait for good and writing it go anywhere. */
function isOurDirectory(directory: string): boolean {
  if (!lstatSync(directory, { throwIfNoEntry: false })) mkdirSync(directory, { mode: 0o700 });
  const found = lstatSync(directory);
  return found.isDirectory() && (process.getuid === undefined || found.uid === process.getuid());
}

export function isOwner(mark: OwnerMark | null): boolean {
  if (!mark) return true;
  try {
    return readFileSync(mark.file, 'utf8') === mark.nonce;
  } catch {
    return true;
  }
}

export function unmarkOwner(mark: OwnerMark | null): void {
  if (mark && isOwner(mark)) rmSync(mark.file, { force: true });
}
