import { realpathSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Problem } from '../../../core/repository.ts';
import { standardRules } from '../../find-root.ts';
import type { TreeView } from '../backend.ts';

/** A file that may be an agenix rules file. */
export interface RulesCandidate {
  /** Relative to the root. */
  readonly path: string;
  /**
   * `given`: the user named it, so it must be rules. `expected`: its name or text says rules, so a failure to read
   * it is worth a line. `possible`: it mentions public keys, and most such files are something else.
   */
  readonly standing: 'given' | 'expected' | 'possible';
}

const maxSearched = 5_000;
const maxRulesLength = 1024 * 1024;

/** Rules named by the user, else those at the usual places and every tracked Nix file that speaks of public keys. */
export function findRules(tree: TreeView): {
  readonly candidates: readonly RulesCandidate[];
  readonly problems: readonly Problem[];
} {
  if (tree.rulesFiles.length > 0) return givenRules(tree);
  const candidates = new Map<string, RulesCandidate>();
  for (const path of standardRules) {
    // A link to nothing is worth a line too: rules often live in a private submodule.
    const there = tree.jail.exists(path) || tree.jail.readLink(path) !== null;
    if (there) candidates.set(path, { path, standing: 'expected' });
  }
  const nixFiles = tree.listing.entries.filter(({ path, kind }) => path.endsWith('.nix') && kind === 'file');
  for (const { path } of nixFiles.slice(0, maxSearched)) {
    if (candidates.has(path)) continue;
    const standing = standingOf(tree, path);
    if (standing !== null) candidates.set(path, { path, standing });
  }
  const problems: Problem[] = [];
  if (nixFiles.length > maxSearched) {
    const says = `only the first ${maxSearched} of ${nixFiles.length} Nix files were searched for rules`;
    problems.push({ code: 'refused', says, hint: 'name the rules with --rules', where: tree.jail.root });
  }
  return { candidates: [...candidates.values()], problems };
}

function givenRules(tree: TreeView) {
  const candidates: RulesCandidate[] = [];
  const problems: Problem[] = [];
  for (const given of tree.rulesFiles) {
    const path = relativeTo(tree.jail.root, given);
    if (path === null) {
      const says = 'the rules file lies outside the repository';
      const hint = `the repository is ${tree.jail.root}; open the one that holds the rules`;
      problems.push({ code: 'refused', says, hint, where: given });
    } else candidates.push({ path, standing: 'given' });
  }
  return { candidates, problems };
}

/** The user may have come through a link above the root; links below it are the jail's business. */
function relativeTo(root: string, path: string): string | null {
  const below = (absolute: string): string | null =>
    absolute.startsWith(`${root}/`) ? absolute.slice(root.length + 1) : null;
  try {
    return below(path) ?? below(join(realpathSync.native(dirname(path)), basename(path)));
  } catch {
    return null;
  }
}

function standingOf(tree: TreeView, path: string): RulesCandidate['standing'] | null {
  const start = tree.jail.readStart(path, maxRulesLength);
  if (!start.ok) return path.endsWith('secrets.nix') ? 'expected' : null;
  const text = Buffer.from(start.value.bytes.buffer, start.value.bytes.byteOffset, start.value.bytes.length);
  const isNamedSo = basename(path) === 'secrets.nix';
  if (!text.includes('publicKeys') && !(isNamedSo && text.includes(0))) return null;
  return isNamedSo || text.includes('.age"') ? 'expected' : 'possible';
}
