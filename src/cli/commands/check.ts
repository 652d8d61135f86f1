import { checkRepository } from '../../app/usecases/check-repository.ts';
import type { CheckOutput } from '../../app/usecases/types.ts';
import type { Finding } from '../../core/audit/finding.ts';
import { findingRules, severities } from '../../core/audit/finding-rules.ts';
import { ignoreFileName } from '../../core/audit/parse-ignores.ts';
import { counted } from '../../core/counted.ts';
import { errorCodes } from '../../core/error-codes.ts';
import { type Outcome, ok } from '../../core/outcome.ts';
import { annotationsText } from '../annotations-text.ts';
import type { Cell } from '../columns.ts';
import { hasOption, valuesOf } from '../invocation.ts';
import { openSessionFor } from '../open-session-for.ts';
import { type Report, report } from '../report.ts';
import { sarifText } from '../sarif-text.ts';
import type { Output } from '../schema/output.ts';
import type { Command } from './command.ts';

export const check: Command = async (invocation, io): Promise<Outcome<Report>> => {
  const opened = await openSessionFor(invocation, io);
  if (!opened.ok) return opened;
  const [asked] = valuesOf(invocation, 'severity');
  const severity = severities.find((one) => one === asked) ?? 'low';
  const today = new Date().toISOString().slice(0, 10);
  const checked = await checkRepository(opened.value.session, {
    severity,
    today,
    history: hasOption(invocation, 'history'),
  });
  if (!checked.ok) return checked;
  const { root, summary, findings, ignored, isComplete } = checked.value;
  const { secrets: files, ...counts } = summary;
  return ok(
    report({
      json: {
        root,
        summary: { files, ...counts },
        findings: findings.map(publicFinding),
        ignored: ignored.map(({ finding, reason, until }) => ({ ...publicFinding(finding), reason, until })),
        complete: isComplete,
      } satisfies Output<'check'>,
      records: findings.map(record),
      text: textOf(checked.value, valuesOf(invocation, 'format')[0], io.version),
      notes: [...opened.value.notes, ...summaryLines(checked.value)],
      exit: findings.length === 0 ? 0 : errorCodes['check-failed'].exit,
    }),
  );
};

function textOf(
  { findings, ignored }: CheckOutput,
  format: string | undefined,
  version: string,
): string | null {
  if (format === 'sarif') return sarifText(findings, ignored, version);
  return format === 'github' ? annotationsText(findings) : null;
}

const publicFinding = (finding: Finding): Output<'check'>['findings'][number] => ({
  ...finding,
  rule: findingRules[finding.kind].rule,
});

const record = (finding: Finding): readonly Cell[] => [
  { text: finding.severity, tone: finding.severity === 'high' ? 'bad' : 'doubtful' },
  findingRules[finding.kind].rule,
  finding.subject,
  finding.says,
  finding.evidence,
];

function summaryLines({ summary, isComplete, historyNotes }: CheckOutput): readonly string[] {
  const { secrets, findings, unknown, below, ignored } = summary;
  const uncertain = unknown > 0 ? `, ${unknown} cannot be compared without keys` : '';
  const unsaid = [
    ...(below > 0 ? [`${below} of a lower severity`] : []),
    ...(ignored > 0 ? [`${ignored} ignored by ${ignoreFileName}`] : []),
  ];
  return [
    `${counted(secrets, 'secret')} checked, ${counted(findings, 'finding')}${uncertain}`,
    ...(unsaid.length > 0 ? [`not told: ${unsaid.join(', ')}`] : []),
    ...historyNotes,
    ...(isComplete ? [] : ['there are more Nix files than are read: not every reference was looked at']),
  ];
}
