import { type Outcome, ok } from '../../core/outcome.ts';
import { readable } from './byte-string.ts';
import { collectGroups } from './collect-groups.ts';
import { createMachine, evaluateFile } from './evaluate-file.ts';
import { failureOf, isFatal } from './failure-of.ts';
import { sortedNames } from './machine.ts';
import { NixFailure } from './nix-failure.ts';
import type { NixFiles } from './nix-files.ts';
import type { Described } from './provenance.ts';
import { placeOfEntry, readEntry } from './read-entry.ts';
import { isRuleName, noPublicKeys } from './rule-name.ts';
import type { BrokenEntry, RulesEntry, RulesReading } from './rules-reading.ts';
import { typeName } from './type-name.ts';
import type { Machine, NixAttributes } from './value.ts';

export interface RulesInput {
  /** Absolute path of the repository, free of links; positions are relative to it. */
  readonly root: string;
  /** Absolute path of the rules file below it. */
  readonly rulesPath: string;
  readonly files: NixFiles;
}

/** A reading, or why there is none; `kind` tells whether Nix itself could do better. */
export type Interpretation =
  | { readonly reading: RulesReading; readonly undone: boolean }
  | { readonly failure: NixFailure };

/**
 * Evaluates a rules file without Nix. Never throws. Errors: `unsupported` when it evaluates to something else than
 * rules (a NixOS module, a data file), `refused` when it reaches outside the repository, `bad-rules` for the rest:
 * not Nix, an evaluation that fails, a construct that is not supported, a limit. An entry that fails alone is in
 * `broken` and does not spoil the others.
 */
export function readRules(input: RulesInput): Outcome<RulesReading> {
  const result = interpretRules(input);
  if ('reading' in result) return ok(result.reading);
  return { ok: false, error: failureOf(result.failure, input.root, input.rulesPath) };
}

/** `readRules` before its failure is put into words. */
export function interpretRules(input: RulesInput): Interpretation {
  const machine = createMachine(input.files);
  try {
    return interpret(machine, input);
  } catch (error) {
    if (error instanceof NixFailure) return { failure: error };
    // The limits leave room on the stack, but how much of it the caller has used is not known here.
    if (error instanceof RangeError) {
      return { failure: new NixFailure('limit', 'the evaluation nests too deeply', machine.at) };
    }
    throw error;
  }
}

function interpret(machine: Machine, { root, rulesPath }: RulesInput): Interpretation {
  const value = evaluateFile(machine, rulesPath);
  if (typeof value !== 'object' || value?.kind !== 'attributes') {
    throw new NixFailure('not-rules', `evaluates to a ${typeName(value)}, not to rules`, null);
  }
  const entries: RulesEntry[] = [];
  const broken: BrokenEntry[] = [];
  const others: string[] = [];
  const described: Described = new Map();
  let undone = false;
  for (const name of sortedNames(value)) {
    const slot = value.entries.get(name) ?? null;
    try {
      const entry = readEntry(machine, root, name, slot, described);
      if (entry === null) others.push(name);
      else entries.push(entry);
    } catch (error) {
      if (!(error instanceof NixFailure) || isFatal(error)) throw error;
      machine.depth = 0;
      undone ||= error.kind === 'unsupported';
      const at = placeOfEntry(root, slot);
      const key = readable(name);
      broken.push({ key, ...(at === null ? {} : { at }), error: failureOf(error, root, rulesPath) });
    }
  }
  if (entries.length === 0 && !broken.some((entry) => isRuleName(entry.key)) && value.entries.size > 0) {
    throw new NixFailure('not-rules', 'none of its attributes has publicKeys', null);
  }
  broken.push(...others.filter(isRuleName).map((name) => withoutKeys(value, root, rulesPath, name)));
  const filesRead = [...machine.filesRead];
  const groups = collectGroups(entries);
  const reading = { entries, broken, groups, filesRead, evaluatedBy: 'keyhole' } as const;
  return { reading, undone };
}

/** Most likely misspelt: agenix fails at it, and the file would look like one that no rule names. */
function withoutKeys(value: NixAttributes, root: string, rulesPath: string, name: string): BrokenEntry {
  const at = placeOfEntry(root, value.entries.get(name) ?? null);
  const error = failureOf(new NixFailure('failed', noPublicKeys, null), root, rulesPath);
  const key = readable(name);
  return at === null ? { key, error } : { key, at, error: { ...error, where: `${at.file}:${at.line}` } };
}
