import { join } from 'node:path';
import type { Problem, RulesFile } from '../../../core/repository.ts';
import { fullNixTime } from '../../nix/nix-time.ts';
import { readRulesWithFallback } from '../../nix/read-rules-with-fallback.ts';
import type { RulesReading } from '../../nix/rules-reading.ts';
import { nixFilesOf } from '../../nix-files.ts';
import { recogniseForeign } from '../../recognise-foreign.ts';
import type { TreeView } from '../backend.ts';
import type { RulesCandidate } from './find-rules.ts';
import { type LocatedKeys, locateKeys } from './locate-keys.ts';

/** A rules file that counts: read, and its keys found. */
export interface ReadRules {
  readonly path: string;
  readonly reading: RulesReading;
  readonly located: LocatedKeys;
}

/**
 * Reads every candidate. Files that are something else than rules are passed over silently unless the user named
 * them. A rules file that another one imports is left out when the importing one finds as many of the files.
 */
export async function readAllRules(
  tree: TreeView,
  candidates: readonly RulesCandidate[],
  signal?: AbortSignal,
): Promise<{ readonly rules: readonly ReadRules[]; readonly problems: readonly Problem[] }> {
  const files = nixFilesOf(tree.jail);
  const known = new Set(tree.listing.entries.map((entry) => entry.path));
  const rules: ReadRules[] = [];
  const problems: Problem[] = [];
  const nixTime = fullNixTime();
  for (const { path, standing } of candidates) {
    signal?.throwIfAborted();
    const start = tree.jail.readStart(path, 100);
    const unreadable = start.ok ? recogniseForeign(start.value.bytes, path) : start;
    if (unreadable?.ok === false) {
      problems.push({ ...unreadable.error, where: path });
      continue;
    }
    const input = { root: tree.jail.root, rulesPath: join(tree.jail.root, path), files, env: tree.env };
    const read = await readRulesWithFallback(
      { ...input, nixTime: standing === 'possible' ? null : nixTime },
      signal,
    );
    if (!read.ok) {
      const passed =
        standing === 'possible' || (standing === 'expected' && read.error.code === 'unsupported');
      if (!passed) problems.push({ ...read.error, where: read.error.where ?? path });
      continue;
    }
    const keys = [...read.value.entries, ...read.value.broken].map((entry) => entry.key);
    rules.push({ path, reading: read.value, located: locateKeys(tree.jail, known, path, keys) });
  }
  return { rules: withoutImported(tree.jail.root, rules), problems };
}

function withoutImported(root: string, rules: readonly ReadRules[]): readonly ReadRules[] {
  const imports = (importing: ReadRules, imported: ReadRules): boolean =>
    importing !== imported && importing.reading.filesRead.includes(join(root, imported.path));
  const covered = (one: ReadRules): boolean =>
    rules.some(
      (other) =>
        (imports(other, one) && other.located.present >= one.located.present) ||
        (imports(one, other) && other.located.present > one.located.present),
    );
  return rules.filter((one) => !covered(one));
}

export function describeRules({ path, reading, located }: ReadRules): RulesFile {
  return {
    path,
    entries: reading.entries.length + reading.broken.length,
    keysRelativeTo: located.relativeTo,
    evaluatedBy: reading.evaluatedBy,
  };
}
