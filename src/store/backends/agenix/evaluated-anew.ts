import type { Change } from '../../../core/change.ts';
import { fail, type Outcome, ok } from '../../../core/outcome.ts';
import type { RecipientId } from '../../../core/recipient.ts';
import type { RulesFile } from '../../../core/repository.ts';
import { parseRecipient } from '../../../crypto/parse-recipient.ts';
import { type RulesInput, readRules } from '../../nix/read-rules.ts';

/** A change of rules, or of a file that they read. */
export type RulesFileChange = Change & { readonly kind: 'rewrite' | 'add' | 'remove' };

/** Rules with other readers, evaluated anew. */
export interface ChangedReaders {
  /** Empty when the rules say already what they are to say. */
  readonly rewrites: readonly RulesFileChange[];
  /** The readers that the changed rules declare, by rules file and entry; `null` for rules that are not affected. */
  readonly declared: (rulesFile: string, key: string) => readonly RecipientId[] | null;
}

/** What all rules files declare once they are changed. Error: `bad-rules` where only real Nix could tell. */
export function evaluatedAnew(
  rules: readonly RulesFile[],
  rewrites: readonly RulesFileChange[],
  current: (rulesFile: string) => RulesInput,
): Outcome<ChangedReaders> {
  const declared = new Map<string, ReadonlyMap<string, readonly RecipientId[]>>();
  if (rewrites.length > 0) {
    const isRules = (file: string): boolean => rules.some(({ path }) => path === file);
    const imported = rewrites.find(({ path }) => !isRules(path));
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
    rewrites,
    declared: (rulesFile, key) => declared.get(rulesFile)?.get(key) ?? null,
  });
}

const mayRead = (where: string, imported: string): Outcome<never> =>
  fail('bad-rules', `only nix-instantiate can read it, and it may read ${imported}, which would change`, {
    where,
    hint: 'edit the rules by hand, then keyhole rekey',
  });
