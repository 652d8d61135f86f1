import type { CheckOutput } from '../app/usecases/types.ts';
import type { Finding } from '../core/audit/finding.ts';
import { findingRules } from '../core/audit/finding-rules.ts';
import { ignoreFileName } from '../core/audit/parse-ignores.ts';
import { counted } from '../core/counted.ts';
import { errorCodes } from '../core/error-codes.ts';
import { annotationsText } from './annotations-text.ts';
import type { Cell } from './columns.ts';
import { type Invocation, valuesOf } from './invocation.ts';
import { type Report, report } from './report.ts';
import { sarifText } from './sarif-text.ts';
import type { Output } from './schema/output.ts';

/** What `check` and `audit` say, in the format that was asked for. */
export function findingsReport(
  checked: CheckOutput,
  invocation: Invocation,
  version: string,
  more: { readonly json?: Report['json']; readonly notes: readonly string[] },
): Report {
  const { findings, ignored } = checked;
  const format = valuesOf(invocation, 'format')[0];
  return report({
    json: { ...findingsJson(checked), ...more.json },
    records: findings.map(record),
    below: 2,
    text:
      format === 'sarif'
        ? sarifText(findings, ignored, version)
        : format === 'github'
          ? annotationsText(findings)
          : null,
    notes: [...more.notes, ...summaryLines(checked)],
    exit: findings.length === 0 ? 0 : errorCodes['check-failed'].exit,
  });
}

function findingsJson({ root, summary, findings, ignored, isComplete }: CheckOutput): Output<'check'> {
  const { secrets: files, ...counts } = summary;
  return {
    root,
    summary: { files, ...counts },
    findings: findings.map(publicFinding),
    ignored: ignored.map(({ finding, reason, until }) => ({ ...publicFinding(finding), reason, until })),
    complete: isComplete,
  };
}

const publicFinding = (finding: Finding): Output<'check'>['findings'][number] => ({
  ...finding,
  rule: findingRules[finding.kind].rule,
});

const record = (finding: Finding): readonly Cell[] => [
  { text: finding.severity, tone: finding.severity === 'high' ? 'bad' : 'doubtful' },
  findingRules[finding.kind].rule,
  { text: finding.subject, yields: 'path' },
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
