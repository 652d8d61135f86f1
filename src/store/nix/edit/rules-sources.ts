import { fromBytes } from '../byte-string.ts';
import { NixFailure } from '../nix-failure.ts';
import type { RulesInput } from '../read-rules.ts';
import type { RulesReading } from '../rules-reading.ts';
import { type ParsedSource, parseSource } from './parsed-source.ts';

/** The Nix files that entries are written in, the one that the rules are read from first. */
export function sourcesOf({ root, files }: RulesInput, reading: RulesReading): readonly ParsedSource[] {
  const [main] = reading.filesRead;
  const named = [...reading.entries, ...reading.broken].flatMap(({ at }) =>
    at === undefined ? [] : `${root}/${at.file}`,
  );
  return [...new Set([...(main === undefined ? [] : [main]), ...named])].flatMap((path) => {
    const read = files.readFile(path);
    if (!read.ok) return [];
    try {
      return parseSource(path, fromBytes(read.value));
    } catch (error) {
      if (error instanceof NixFailure) return [];
      throw error;
    }
  });
}
