import type { AppError } from '../../../core/outcome.ts';
import type { RecipientId, SourcePosition } from '../../../core/recipient.ts';
import type { Problem } from '../../../core/repository.ts';
import type { KeyGrant, RuleEntry, SecretId } from '../../../core/secret.ts';
import type { DeclaredKey } from '../../nix/rules-reading.ts';
import type { KeyBook } from './key-book.ts';
import type { ReadRules } from './read-all-rules.ts';

/** Readers of one secret: twice what the header of an age file may hold. The most seen in the wild is 51. */
const maxKeys = 2_000;

/** What the rules say about one file. */
export interface Declaration {
  readonly rule: RuleEntry;
  /** In the rules' order, each key once. */
  readonly declared: readonly RecipientId[];
  /** Lists and sets that granted each of them; `null` where nothing is known of any. */
  readonly grants: readonly (readonly KeyGrant[])[] | null;
  /** Keys that the entry lists more than once. */
  readonly repeated: readonly RecipientId[];
}

/** A rule that is there but cannot be understood, or rules that cannot be read and may name the file. */
export interface BrokenRule {
  readonly broken: AppError;
}

/** All entries of all rules by the file they are about. The first rules file that names a file decides. */
export function declareSecrets(
  rules: readonly ReadRules[],
  book: KeyBook,
  problems: Problem[],
): ReadonlyMap<SecretId, Declaration | BrokenRule> {
  const declarations = new Map<SecretId, Declaration | BrokenRule>();
  const shareReaders = sharing();
  const shareGrants = sharingGrants();
  for (const { path: rulesFile, reading, located } of rules) {
    const broken = (why: string, key: string, at: SourcePosition | undefined, error?: AppError): void => {
      const says = `the rule for ${key} cannot be used: ${why}`;
      const where = error?.where ?? placeOf(rulesFile, at);
      const problem = { code: 'bad-rules', ...error, where } as const;
      problems.push({ ...problem, says });
      const path = located.paths.get(key) ?? null;
      if (path !== null) declarations.set(path as SecretId, { broken: { ...problem, says: why } });
    };
    for (const { key, at, error } of reading.broken) broken(error.says, key, at, error);
    for (const { key, at, armor, publicKeys } of reading.entries) {
      if (publicKeys.length > maxKeys) {
        broken(`it names ${publicKeys.length} keys, more than ${maxKeys}`, key, at);
        continue;
      }
      const listed = publicKeys.map(({ text, names }) => book.add(text, names));
      const declared = shareReaders([...new Set(listed)]);
      const repeated = repeatsIn(listed);
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
      if (first === undefined || 'broken' in first) {
        const rule = { rulesFile, key, ...(at && { at }), ...(armor !== undefined && { armor }) };
        const grants = shareGrants(declared, grantsOf(listed, declared, publicKeys));
        declarations.set(id, { rule, declared, grants, repeated });
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
  const all = new Set(b);
  return a.length === all.size && a.every((id) => all.has(id));
}

/** Gives equal lists as one: most secrets have readers that others have too. */
function sharing(): (listed: readonly RecipientId[]) => readonly RecipientId[] {
  const lists = new Map<string, readonly RecipientId[]>();
  return (listed) => {
    const text = listed.join('\n');
    const same = lists.get(text);
    if (same === undefined) lists.set(text, listed);
    return same ?? listed;
  };
}

type Grants = readonly (readonly KeyGrant[])[];

/** What granted each key; of one that is listed twice, what did so first. */
function grantsOf(
  listed: readonly RecipientId[],
  declared: readonly RecipientId[],
  keys: readonly DeclaredKey[],
): Grants | null {
  if (keys.every(({ via, written }) => via.length === 0 && written === undefined)) return null;
  if (listed.length === declared.length) return keys.map(({ via }) => via);
  return declared.map((id) => keys[listed.indexOf(id)]?.via ?? []);
}

/** As for readers: entries that list the same keys in the same words keep one list of grants. */
function sharingGrants(): (declared: readonly RecipientId[], grants: Grants | null) => Grants | null {
  const known = new Map<readonly RecipientId[], Grants[]>();
  return (declared, grants) => {
    if (grants === null) return null;
    const before = known.get(declared) ?? [];
    const same = before.find((one) => one.every((via, index) => via === grants[index]));
    if (same !== undefined) return same;
    if (before.length === 0) known.set(declared, before);
    if (before.length < rememberedGrants) before.push(grants);
    return grants;
  };
}

const rememberedGrants = 16;

const none: readonly RecipientId[] = [];

function repeatsIn(listed: readonly RecipientId[]): readonly RecipientId[] {
  if (new Set(listed).size === listed.length) return none;
  const seen = new Set<RecipientId>();
  return [...new Set(listed.filter((id) => seen.size === seen.add(id).size))];
}
