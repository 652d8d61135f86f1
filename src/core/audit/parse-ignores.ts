import { type FindingKind, type FindingRule, findingKinds, findingRuleNames } from './finding-rules.ts';

export const ignoreFileName = '.keyhole-ignore';

/** What somebody decided to live with. */
export interface Ignore {
  readonly line: number;
  readonly rule: FindingRule | FindingKind;
  /** A subject, or a pattern of paths. */
  readonly subject: string;
  /** The last day on which it counts, `YYYY-MM-DD`. */
  readonly until: string | null;
  readonly reason: string;
}

export interface Ignores {
  readonly entries: readonly Ignore[];
  readonly broken: readonly { readonly line: number; readonly says: string }[];
}

/** Each is compared with each finding; nobody lives with so much, a hostile file might. */
const mostEntries = 1_000;
const mostBroken = 20;

const known: ReadonlySet<string> = new Set([...findingRuleNames, ...findingKinds]);
const isKnown = (word: string): word is Ignore['rule'] => known.has(word) && !word.startsWith('ignore-');

/** A line each: rule, subject (in JSON quotes where it holds a space), last day or `-`, reason. `#` begins a comment line. */
export function parseIgnores(text: string): Ignores {
  const entries: Ignore[] = [];
  const broken: { line: number; says: string }[] = [];
  for (const [index, raw] of text.split('\n').entries()) {
    const words = raw.trim();
    if (words === '' || words.startsWith('#')) continue;
    const line = index + 1;
    if (entries.length >= mostEntries || broken.length >= mostBroken) {
      broken.push({ line, says: `more than is read: this line and all after it are left out` });
      break;
    }
    const parsed = parseLine(words);
    if (typeof parsed === 'string') broken.push({ line, says: parsed });
    else entries.push({ line, ...parsed });
  }
  return { entries, broken };
}

const shape = /^(\S+)\s+("(?:[^"\\]|\\.)*"|[^\s"]\S*)\s+(\S+)(?:\s+(\S.*))?$/;

function parseLine(words: string): Omit<Ignore, 'line'> | string {
  const [, rule = '', quoted = '', day = '', reason] = shape.exec(words) ?? [];
  if (rule === '') return 'not rule, subject, last day or -, reason';
  if (!isKnown(rule)) return `no rule is called ${rule}`;
  const subject = unquoted(quoted);
  if (subject === null) return 'the subject is not a JSON string';
  if (day !== '-' && !isDay(day)) return `neither a day (YYYY-MM-DD) nor -: ${day}`;
  if (reason === undefined) return 'the reason is missing';
  return { rule, subject, until: day === '-' ? null : day, reason };
}

function unquoted(text: string): string | null {
  if (!text.startsWith('"')) return text;
  try {
    return String(JSON.parse(text));
  } catch {
    return null;
  }
}

function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}
