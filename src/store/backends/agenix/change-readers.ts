import type { Outcome } from '../../../core/outcome.ts';
import type { RulesFile } from '../../../core/repository.ts';
import { editReaders, type ReaderEdit } from '../../nix/edit/edit-readers.ts';
import { overlayFiles } from '../../nix/edit/overlay-files.ts';
import type { EditedFile } from '../../nix/edit/rules-change.ts';
import type { RulesInput } from '../../nix/read-rules.ts';
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
    for (const edit of edits) {
      const done = editReaders(current(edit.rulesFile), edit);
      if (!done.ok) {
        const error = withHands(done.error, done.byHand);
        return { ok: false, error: { ...error, where: error.where ?? edit.rulesFile } };
      }
      for (const file of done.value)
        edited.set(file.path, { ...file, before: edited.get(file.path)?.before ?? file.before });
    }
    const rewrites = rewritesOf(root, [...edited.values()]);
    if (!rewrites.ok) return rewrites;
    return evaluatedAnew(rules, rewrites.value, current);
  });
}
