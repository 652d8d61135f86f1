import { type Finding, finding } from '../../core/audit/finding.ts';
import { type FindingKind, findingRules } from '../../core/audit/finding-rules.ts';
import { type Ignore, type Ignores, ignoreFileName, parseIgnores } from '../../core/audit/parse-ignores.ts';
import type { Outcome } from '../../core/outcome.ts';
import { matchGlob } from './match-glob.ts';

/** A finding that somebody decided to live with. */
export interface IgnoredFinding {
  readonly finding: Finding;
  readonly reason: string;
  readonly until: string | null;
}

/**
 * What is left of the findings, and what the ignore file itself gives cause to say.
 *
 * @param unasked what was not looked for, so that entries for it may fit nothing
 */
export function applyIgnores(
  findings: readonly Finding[],
  text: Outcome<string> | null,
  today: string,
  unasked: readonly FindingKind[],
): { readonly findings: readonly Finding[]; readonly ignored: readonly IgnoredFinding[] } {
  if (text === null) return { findings, ignored: [] };
  if (!text.ok) {
    const unread = finding('ignore-malformed', {
      subject: ignoreFileName,
      says: 'the ignore file cannot be read: nothing is ignored',
      evidence: text.error.says,
      at: { file: ignoreFileName },
    });
    return { findings: [...findings, unread], ignored: [] };
  }
  const ignores = parseIgnores(text.value);
  const used = new Set<Ignore>();
  const left: Finding[] = [];
  const ignored: IgnoredFinding[] = [];
  for (const found of findings) {
    const fitting = ignores.entries.filter((entry) => fits(entry, found));
    for (const entry of fitting) used.add(entry);
    const valid = fitting.find((entry) => !isExpired(entry, today));
    if (valid === undefined) left.push(found);
    else ignored.push({ finding: found, reason: valid.reason, until: valid.until });
  }
  return { findings: [...left, ...aboutIgnores(ignores, used, today, unasked)], ignored };
}

function fits(entry: Ignore, { kind, subject }: Finding): boolean {
  if (entry.rule !== kind && entry.rule !== findingRules[kind].rule) return false;
  return entry.subject === subject || (/[*?]|\/$/.test(entry.subject) && matchGlob(entry.subject, subject));
}

/** The last day itself still counts. */
const isExpired = ({ until }: Ignore, today: string): boolean => until !== null && until < today;

function aboutIgnores(
  { entries, broken }: Ignores,
  used: ReadonlySet<Ignore>,
  today: string,
  unasked: readonly FindingKind[],
): readonly Finding[] {
  const at = (line: number) => ({ file: ignoreFileName, line });
  const unfit = entries.flatMap((entry) => {
    const { line, rule, subject, until, reason } = entry;
    const about = {
      subject: `${rule} ${subject}`,
      evidence: `${ignoreFileName}:${line}: ${reason}`,
      at: at(line),
    };
    if (!used.has(entry) && unasked.some((kind) => kind === rule)) return [];
    if (!used.has(entry))
      return [finding('ignore-unused', { ...about, says: 'nothing that was found fits it' })];
    return isExpired(entry, today)
      ? [finding('ignore-expired', { ...about, says: `ignored until ${until} only` })]
      : [];
  });
  const malformed = broken.map(({ line, says }) =>
    finding('ignore-malformed', {
      subject: `${ignoreFileName}:${line}`,
      says: 'this line is left out',
      evidence: says,
      at: at(line),
    }),
  );
  return [...malformed, ...unfit];
}
