import type { RecipientId } from '../../../core/recipient.ts';
import type { Problem } from '../../../core/repository.ts';
import type { RuleEntry, SecretId } from '../../../core/secret.ts';
import type { KeyBook } from './key-book.ts';
import type { ReadRules } from './read-all-rules.ts';

/** What the rules say about one file. */
export interface Declaration {
  readonly rule: RuleEntry;
  /** In the rules' order, each key once. */
  readonly declared: readonly RecipientId[];
  /** Keys that the entry lists more than once. */
  readonly repeated: readonly RecipientId[];
}

/**
 * All entries of all rules by the file they are about. The first rules file that names a file decides; `broken` stands
 * for a rule that is there but cannot be understood.
 */
export function declareSecrets(
  rules: readonly ReadRules[],
  book: KeyBook,
  problems: Problem[],
): ReadonlyMap<SecretId, Declaration | 'broken'> {
  const declarations = new Map<SecretId, Declaration | 'broken'>();
  for (const { path: rulesFile, reading, located } of rules) {
    for (const { key, at, error } of reading.broken) {
      const says = `the rule for ${key} cannot be used: ${error.says}`;
      problems.push({ ...error, says, where: error.where ?? placeOf(rulesFile, at) });
      const path = located.paths.get(key) ?? null;
      if (path !== null) declarations.set(path as SecretId, 'broken');
    }
    for (const { key, at, armor, publicKeys } of reading.entries) {
      const listed = publicKeys.map(({ text, names }) => book.add(text, names));
      const declared = [...new Set(listed)];
      const repeated = declared.filter((key) => listed.indexOf(key) !== listed.lastIndexOf(key));
      const path = located.paths.get(key) ?? null;
      const where = placeOf(rulesFile, at);
      if (path === null) {
        problems.push({
          code: 'refused',
          says: `the rule for ${key} names a file outside the repository`,
          where,
        });
        continue;
      }
      const id = path as SecretId;
      const first = declarations.get(id);
      if (first === undefined || first === 'broken') {
        const rule = { rulesFile, key, ...(at && { at }), ...(armor !== undefined && { armor }) };
        declarations.set(id, { rule, declared, repeated });
      } else if (!sameKeys(first.declared, declared)) {
        const says = `a second rule for ${path} names other keys; the one in ${placeOf(first.rule.rulesFile, first.rule.at)} is used`;
        problems.push({ code: 'bad-rules', says, where });
      }
    }
  }
  return declarations;
}

function placeOf(
  rulesFile: string,
  at: { readonly file: string; readonly line: number } | undefined,
): string {
  return at === undefined ? rulesFile : `${at.file}:${at.line}`;
}

function sameKeys(a: readonly RecipientId[], b: readonly RecipientId[]): boolean {
  return a.length === b.length && a.every((id) => b.includes(id));
}
