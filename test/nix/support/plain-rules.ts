import type { RulesReading } from '../../../src/store/nix/rules-reading.ts';

type Plain = Readonly<Record<string, readonly string[]>>;

/** Key → recipients of a reading. */
export const plainRules = (reading: RulesReading): Plain =>
  Object.fromEntries(reading.entries.map((entry) => [entry.key, entry.publicKeys.map((key) => key.text)]));

/**
 * Key → recipients of what Nix printed, cut into lines as agenix does, without entries that have none. Shares no code
 * with the readers.
 */
export function plainJson(json: unknown): Plain {
  const found: [string, string[]][] = [];
  for (const [name, rule] of Object.entries(Object(json))) {
    const keys: unknown = Object(rule)['publicKeys'];
    if (!Array.isArray(keys)) continue;
    const lines = keys.flatMap((key) => String(key).split('\n')).map((line) => line.trim());
    const texts = lines.filter((line) => line !== '');
    if (texts.length > 0) found.push([name, texts]);
  }
  return Object.fromEntries(found);
}
