import type { AppError } from '../../../core/outcome.ts';
import type { ParsedSource } from '../edit/parsed-source.ts';
import type { NixFiles } from '../nix-files.ts';
import { type FileEdit, joinEdits, withEdits } from './file-edit.ts';
import { type KeyStatement, keyStatementsOf } from './key-statements.ts';
import { isAsMeant, type MeantEntries, type RulesBefore } from './prove-readers.ts';
import { parsedSources, readPaths } from './read-sources.ts';

/** What a change comes to: files, or why there is no such change. */
export type Made = readonly FileEdit[] | AppError;

/** The rules of a repository with some edits done to them, and what is needed to do more. */
export interface Workshop {
  readonly rules: readonly RulesBefore[];
  readonly files: NixFiles;
  readonly sources: readonly ParsedSource[];
  readonly statements: readonly KeyStatement[];
  /** Files that were read and are no Nix. */
  readonly others: readonly string[];
  readonly edits: readonly FileEdit[];
  /** With these edits on top. */
  edited(edits: readonly FileEdit[]): Workshop;
  parse(files: NixFiles): readonly ParsedSource[];
  /** Whether the rules, with all edits, are evaluated to what is meant. */
  isAsMeant(meant: MeantEntries): boolean;
}

export function createWorkshop(
  base: NixFiles,
  rules: readonly RulesBefore[],
  edits: readonly FileEdit[] = [],
): Workshop {
  const files = withEdits(base, edits);
  const parse = (now: NixFiles): readonly ParsedSource[] => parsedSources(rules, now);
  const sources = parse(files);
  return {
    rules,
    files,
    sources,
    statements: sources.flatMap((parsed) => keyStatementsOf(parsed, files)),
    others: readPaths(rules).filter((path) => !path.endsWith('.nix') && files.readFile(path).ok),
    edits,
    edited: (more) => createWorkshop(base, rules, joinEdits([...edits, ...more])),
    parse,
    isAsMeant: (meant) => rules.every((before) => isAsMeant(before, { ...before.input, files }, meant)),
  };
}

/** The first of several ways that does what is meant. */
export function firstProved(
  workshop: Workshop,
  drafts: Iterable<readonly FileEdit[]>,
  meant: MeantEntries,
): Workshop | null {
  for (const draft of drafts) {
    const edited = workshop.edited(draft);
    if (edited.isAsMeant(meant)) return edited;
  }
  return null;
}
