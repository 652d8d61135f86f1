import type { Jail } from '../jail.ts';
import type { Expression } from '../nix/ast.ts';
import { tryParse } from './try-parse.ts';

const mostFiles = 3_000;
const mostBytes = 20_000_000;
/** Milliseconds of work between two chances for a key press or a stop to be noticed. */
const turn = 8;

export interface ParseOptions {
  /** Whether a file is worth a parser. */
  readonly wants: (file: string, content: Buffer) => boolean;
  /** `null` where it is not Nix, or too much of it, or cannot be read. */
  readonly take: (file: string, parsed: Expression | null) => void;
  /** Milliseconds of work altogether. */
  readonly mostTime?: number;
}

/**
 * Parses Nix files of a repository, as far as the limits go: false when they cut off something. A stop through
 * `signal` throws its reason.
 */
export async function parseNixFiles(
  jail: Jail,
  files: readonly string[],
  { wants, take, mostTime = Number.POSITIVE_INFINITY }: ParseOptions,
  signal?: AbortSignal,
): Promise<boolean> {
  let bytes = 0;
  let worked = 0;
  let began = performance.now();
  for (const file of files.slice(0, mostFiles)) {
    const passed = performance.now() - began;
    if (passed > turn) {
      worked += passed;
      if (worked > mostTime) return false;
      await new Promise((resume) => setImmediate(resume));
      signal?.throwIfAborted();
      began = performance.now();
    }
    const read = jail.readFile(file);
    if (!read.ok) {
      take(file, null);
      continue;
    }
    const { buffer, byteOffset, length } = read.value;
    bytes += length;
    if (bytes > mostBytes) return false;
    if (wants(file, Buffer.from(buffer, byteOffset, length))) take(file, tryParse(file, read.value));
  }
  return files.length <= mostFiles;
}
