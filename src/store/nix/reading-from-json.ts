import { relative } from 'node:path/posix';
import { fail, type Outcome, ok } from '../../core/outcome.ts';
import type { RulesInput } from './read-rules.ts';
import { isRuleName, noPublicKeys } from './rule-name.ts';
import type { BrokenEntry, RulesEntry, RulesReading } from './rules-reading.ts';

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Names and positions are lost in JSON: only keys and recipients remain. */
function entryOf(key: string, rule: Readonly<Record<string, unknown>>): RulesEntry | string {
  const declared = rule['publicKeys'];
  if (!Array.isArray(declared) || !declared.every((item) => typeof item === 'string')) {
    return 'publicKeys is not a list of strings';
  }
  const texts = declared.flatMap((text: string) => text.split('\n').map((line) => line.trim()));
  const publicKeys = texts.filter((text) => text !== '').map((text) => ({ text, names: [], via: [] }));
  if (publicKeys.length === 0) return `${key} has no public keys, so nobody could read it`;
  const armor = rule['armor'];
  if (armor !== undefined && typeof armor !== 'boolean') return 'armor is not a boolean';
  return { key, ...(armor === undefined ? {} : { armor }), publicKeys };
}

/** Rules as Nix printed them. Errors: `unsupported` when the value is something else than rules. */
export function readingFromJson(value: unknown, { root, rulesPath }: RulesInput): Outcome<RulesReading> {
  const where = relative(root, rulesPath);
  if (!isRecord(value)) return fail('unsupported', 'does not evaluate to a set of rules', { where });
  const entries: RulesEntry[] = [];
  const broken: BrokenEntry[] = [];
  const others: string[] = [];
  for (const [key, rule] of Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1))) {
    if (!isRecord(rule) || !('publicKeys' in rule)) {
      others.push(key);
      continue;
    }
    const entry = entryOf(key, rule);
    if (typeof entry !== 'string') entries.push(entry);
    else broken.push({ key, error: { code: 'bad-rules', says: entry, where } });
  }
  if (entries.length + broken.length === 0 && others.length > 0) {
    return fail('unsupported', 'none of its attributes has publicKeys', { where });
  }
  for (const key of others.filter(isRuleName)) {
    broken.push({ key, error: { code: 'bad-rules', says: noPublicKeys, where } });
  }
  const filesRead = [rulesPath];
  return ok({ entries, broken, groups: [], filesRead, evaluatedBy: 'nix-instantiate' });
}
