import { fail, type Outcome, ok } from '../../../core/outcome.ts';
import type { RecipientId } from '../../../core/recipient.ts';
import type { RulesFile } from '../../../core/repository.ts';
import { parseRecipient } from '../../../crypto/parse-recipient.ts';
import { editReaders, type ReaderEdit } from '../../nix/edit/edit-readers.ts';
import { overlayFiles } from '../../nix/edit/overlay-files.ts';
import type { EditedFile } from '../../nix/edit/rules-change.ts';
import { type RulesInput, readRules } from '../../nix/read-rules.ts';
import { type RulesRewrite, rewritesOf, withAllRules, withHands } from './rewrite-rules.ts';

export interface EntryReaders extends ReaderEdit {
  readonly rulesFile: string;
}

/** Rules with other readers, evaluated anew. */
export interface ChangedReaders {
  /** Empty when the rules say already what they are to say. */
  readonly rewrites: readonly RulesRewrite[];
  /** The readers that the changed rules declare, by rules file and entry; `null` for rules that are not affected. */
  readonly declared: (rulesFile: string, key: string) => readonly RecipientId[] | null;
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
    const declared = new Map<string, ReadonlyMap<string, readonly RecipientId[]>>();
    if (rewrites.value.length > 0) {
      const isRules = (file: string): boolean => rules.some(({ path }) => path === file);
      const imported = rewrites.value.find(({ path }) => !isRules(path));
      for (const { path, evaluatedBy } of rules) {
        const foreign = evaluatedBy !== 'keyhole';
        if (foreign && imported) return mayRead(path, imported.path);
        if (foreign) continue;
        const reading = readRules(current(path));
        if (!reading.ok) return { ok: false, error: { where: path, ...reading.error } };
        const entries = reading.value.entries.map(({ key, publicKeys }) => {
          const ids = publicKeys.map(({ text }) => parseRecipient(text).id);
          return [key, [...new Set(ids)]] as const;
        });
        declared.set(path, new Map(entries));
      }
    }
    return ok({
      rewrites: rewrites.value,
      declared: (rulesFile, key) => declared.get(rulesFile)?.get(key) ?? null,
    });
  });
}

const mayRead = (where: string, imported: string): Outcome<never> =>
  fail('bad-rules', `only nix-instantiate can read it, and it may read ${imported}, which would change`, {
    where,
    hint: 'edit the rules by hand, then keyhole rekey',
  });
