import type { Outcome } from '../../../core/outcome.ts';
import type { RulesFile } from '../../../core/repository.ts';
import { editReaders, isSo, type ReaderEdit } from '../../nix/edit/edit-readers.ts';
import { editReadersTogether } from '../../nix/edit/edit-readers-together.ts';
import { overlayFiles } from '../../nix/edit/overlay-files.ts';
import type { EditedFile } from '../../nix/edit/rules-change.ts';
import { type RulesInput, readRules } from '../../nix/read-rules.ts';
import { type ChangedReaders, evaluatedAnew } from './evaluated-anew.ts';
import { rewritesOf, withAllRules, withHands } from './rewrite-rules.ts';

export interface EntryReaders extends ReaderEdit {
  readonly rulesFile: string;
}

/**
 * What giving entries readers, or taking them away, makes of the rules, all of it or nothing; nothing is written. Every
 * rules file is evaluated again, since files that are imported may feed several. Errors: `bad-rules`, those of
 * `editReaders`.
 */
export function changeReaders(
  root: string,
  rules: readonly RulesFile[],
  edits: readonly EntryReaders[],
): Outcome<ChangedReaders> {
  return withAllRules(root, (inputOf) => {
    const edited = new Map<string, EditedFile>();
    const current = (rulesFile: string): RulesInput => {
      const input = inputOf(rulesFile);
      const overlay = [...edited.values()].reduce(
        (files, { path, after }) => overlayFiles(files, path, after),
        input.files,
      );
      return { ...input, files: overlay };
    };
    const take = (files: readonly EditedFile[]): void => {
      for (const file of files)
        edited.set(file.path, { ...file, before: edited.get(file.path)?.before ?? file.before });
    };
    for (const [rulesFile, own] of Map.groupBy(edits, (edit) => edit.rulesFile)) {
      const together = editReadersTogether(current(rulesFile), own);
      take(together.files);
      let reading = readRules(current(rulesFile));
      for (const edit of together.rest) {
        if (reading.ok && isSo(reading.value, edit)) continue;
        const done = editReaders(current(rulesFile), edit);
        if (!done.ok) {
          const error = withHands(done.error, done.byHand);
          return { ok: false, error: { ...error, where: error.where ?? rulesFile } };
        }
        take(done.value);
        reading = readRules(current(rulesFile));
      }
    }
    const rewrites = rewritesOf(root, [...edited.values()]);
    if (!rewrites.ok) return rewrites;
    return evaluatedAnew(rules, rewrites.value, current);
  });
}
