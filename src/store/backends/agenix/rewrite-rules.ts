import { join } from 'node:path';
import type { Change } from '../../../core/change.ts';
import { type AppError, fail, type Outcome, ok } from '../../../core/outcome.ts';
import { decodeUtf8 } from '../../../core/utf8.ts';
import { type Jail, openJail } from '../../jail.ts';
import { editRulesInTurn } from '../../nix/edit/edit-rules.ts';
import type { EditedFile, HandEdit, RulesChange } from '../../nix/edit/rules-change.ts';
import type { RulesInput } from '../../nix/read-rules.ts';
import { nixFilesOf } from '../../nix-files.ts';
import { sha256 } from '../../transaction/targets.ts';

export type RulesRewrite = Change & { readonly kind: 'rewrite' };

/**
 * What changing entries of a rules file makes of its text, and of that of the files it imports; nothing is written.
 * Errors: `bad-rules` for what cannot be changed by itself, with the lines to edit by hand in the hint, and otherwise
 * those of `editRules`.
 */
export function rewriteRules(
  root: string,
  rulesFile: string,
  changes: readonly RulesChange[],
): Outcome<readonly RulesRewrite[]> {
  return withRules(root, rulesFile, (input) => {
    const edited = editRulesInTurn(input, changes);
    if (!edited.ok) return { ok: false, error: withHands(edited.error, edited.byHand) };
    return rewritesOf(input.root, edited.value);
  });
}

/** Error: `bad-rules`. */
export function rewritesOf(root: string, edited: readonly EditedFile[]): Outcome<readonly RulesRewrite[]> {
  const rewrites: RulesRewrite[] = [];
  for (const { path, before, after } of edited) {
    // Several edits may come to nothing together.
    if (Buffer.from(before).equals(after)) continue;
    const inside = path.slice(root.length + 1);
    const text = decodeUtf8(after);
    if (text === null)
      return fail('bad-rules', 'the file is not UTF-8', { where: inside, hint: 'edit it by hand' });
    rewrites.push({ kind: 'rewrite', path: inside, text, instead: sha256(before) });
  }
  return ok(rewrites);
}

/** Lends the rules as the evaluator takes them. */
export const withRules = <T>(root: string, rulesFile: string, use: (input: RulesInput) => T): T =>
  withAllRules(root, (inputOf) => use(inputOf(rulesFile)));

/** Lends any rules file as the evaluator takes it. */
export function withAllRules<T>(root: string, use: (inputOf: (rulesFile: string) => RulesInput) => T): T {
  const jail: Jail = openJail(root);
  try {
    const files = nixFilesOf(jail);
    return use((rulesFile) => ({ root: jail.root, rulesPath: join(jail.root, rulesFile), files }));
  } finally {
    jail.close();
  }
}

/** What a person can do instead, as the hint. */
export function withHands(refused: AppError, hands: readonly HandEdit[]): AppError {
  const error: AppError = { ...refused, code: refused.code === 'unsupported' ? 'bad-rules' : refused.code };
  if (hands.length === 0) return error;
  const line = (text: string): string => text.trim().replace(/\s+/g, ' ');
  const said = hands.map(({ at, remove, put }) => {
    const acts = [...(remove ? [`take out ${line(remove)}`] : []), ...(put ? [`put ${line(put)}`] : [])];
    return `${at.file}:${at.line}: ${acts.join(', ')}`;
  });
  return { ...error, hint: `edit the rules by hand: ${said.join('; ')}` };
}
