import { relative } from 'node:path/posix';
import type { RulesEntry, RulesReading } from './rules-reading.ts';

/** What makes two spellings the same key: an ssh comment and the case of bech32 do not matter. */
function sameness(text: string): string {
  const [first = '', second] = text.split(/\s+/);
  return second === undefined || !first.includes('-') ? text.toLowerCase() : `${first} ${second}`;
}

/** Keys that one entry lists more than once: agenix accepts them, ragenix refuses the whole file. */
export function repeatedKeys(
  entries: readonly RulesEntry[],
  root: string,
  rulesPath: string,
): RulesReading['warnings'] {
  return entries.flatMap((entry) => {
    const seen = new Set<string>();
    const repeated = entry.publicKeys.filter(({ text }) => {
      const same = sameness(text);
      return seen.size === seen.add(same).size;
    });
    const file = entry.at?.file ?? relative(root, rulesPath);
    const where = entry.at === undefined ? file : `${file}:${entry.at.line}`;
    return repeated.slice(0, 1).map(({ text, names }) => ({
      code: 'bad-rules' as const,
      says: `${entry.key} lists the same key twice: ${names[0]?.text ?? text}`,
      where,
    }));
  });
}
