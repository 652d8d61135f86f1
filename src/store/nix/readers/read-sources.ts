import { fromBytes } from '../byte-string.ts';
import { type ParsedSource, parseSource } from '../edit/parsed-source.ts';
import { NixFailure } from '../nix-failure.ts';
import type { NixFiles } from '../nix-files.ts';
import type { RulesBefore } from './prove-readers.ts';

/** Every Nix file that some rules were made from, as it is now, each once. */
export function parsedSources(rules: readonly RulesBefore[], files: NixFiles): readonly ParsedSource[] {
  return readPaths(rules).flatMap((path) => {
    const parsed = parsedFile(path, files);
    return parsed === null ? [] : [parsed];
  });
}

/** Absolute paths of all files and directories that the rules were made from. */
export const readPaths = (rules: readonly RulesBefore[]): readonly string[] => [
  ...new Set(rules.flatMap(({ reading }) => reading.filesRead)),
];

function parsedFile(path: string, files: NixFiles): ParsedSource | null {
  if (!path.endsWith('.nix')) return null;
  const read = files.readFile(path);
  if (!read.ok) return null;
  try {
    return parseSource(path, fromBytes(read.value));
  } catch (error) {
    if (error instanceof NixFailure) return null;
    throw error;
  }
}
