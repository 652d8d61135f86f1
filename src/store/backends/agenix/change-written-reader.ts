import { join } from 'node:path';
import { fail, type Outcome, ok } from '../../../core/outcome.ts';
import type { RecipientId } from '../../../core/recipient.ts';
import type { RulesFile } from '../../../core/repository.ts';
import { decodeUtf8 } from '../../../core/utf8.ts';
import { parseRecipient } from '../../../crypto/parse-recipient.ts';
import { readable } from '../../nix/byte-string.ts';
import { changeReader } from '../../nix/readers/change-reader.ts';
import { type FileEdit, withEdits } from '../../nix/readers/file-edit.ts';
import { rulesBefore } from '../../nix/readers/prove-readers.ts';
import type { ReaderChange } from '../../nix/readers/reader-change.ts';
import { createWorkshop } from '../../nix/readers/workshop.ts';
import { sha256 } from '../../transaction/targets.ts';
import { type ChangedReaders, evaluatedAnew, type RulesFileChange } from './evaluated-anew.ts';
import { withAllRules, withHands } from './rewrite-rules.ts';

const ownRules = (rules: readonly RulesFile[]): readonly RulesFile[] =>
  rules.filter(({ evaluatedBy }) => evaluatedBy === 'keyhole');

/**
 * What changing a reader makes of all rules and of the files that hold keys; nothing is written. Paths of entries in the
 * change are from the root. Errors: `bad-rules` (with what to edit by hand), those of `changeReader`.
 */
export function changeWrittenReader(
  root: string,
  rules: readonly RulesFile[],
  change: ReaderChange,
): Outcome<ChangedReaders> {
  return withAllRules(root, (inputOf) => {
    const inputs = ownRules(rules).map(({ path }) => inputOf(path));
    const base = inputs[0]?.root ?? root;
    const rooted =
      change.kind === 'add'
        ? {
            ...change,
            entries: change.entries.map((one) => ({ ...one, rulesPath: join(base, one.rulesPath) })),
          }
        : change;
    const changed = changeReader(inputs, rooted);
    if (!changed.ok) return { ok: false, error: withHands(changed.error, changed.byHand) };
    const rewrites: RulesFileChange[] = [];
    for (const edit of changed.value) {
      const rewrite = changeOf(base, edit);
      if (!rewrite.ok) return rewrite;
      rewrites.push(rewrite.value);
    }
    return evaluatedAnew(rules, rewrites, (path) => {
      const input = inputOf(path);
      return { ...input, files: withEdits(input.files, changed.value) };
    });
  });
}

function changeOf(root: string, { path: file, before, after }: FileEdit): Outcome<RulesFileChange> {
  const path = file.slice(root.length + 1);
  if (after === null) return ok({ kind: 'remove', path });
  const text = decodeUtf8(after);
  if (text === null)
    return fail('bad-rules', 'the file is not UTF-8', { where: path, hint: 'edit it by hand' });
  return ok(
    before === null ? { kind: 'add', path, text } : { kind: 'rewrite', path, text, instead: sha256(before) },
  );
}

/** A name that the rules give to keys, also where no secret uses it yet. */
export interface WrittenReader {
  readonly name: string;
  readonly keys: readonly RecipientId[];
}

export function writtenReaders(root: string, rules: readonly RulesFile[]): readonly WrittenReader[] {
  return withAllRules(root, (inputOf) => {
    const inputs = ownRules(rules).map(({ path }) => inputOf(path));
    const before = inputs.flatMap((input) => rulesBefore(input) ?? []);
    const [first] = inputs;
    if (first === undefined) return [];
    return createWorkshop(first.files, before).statements.map(({ name, keys }) => ({
      name: readable(name.name),
      keys: keys.map(({ id }) => parseRecipient(id).id),
    }));
  });
}
