import { checkRepository } from '../../app/usecases/check-repository.ts';
import type { Finding, FindingRule } from '../../app/usecases/types.ts';
import { counted } from '../../core/counted.ts';
import { errorCodes } from '../../core/error-codes.ts';
import { type Outcome, ok } from '../../core/outcome.ts';
import type { Cell } from '../columns.ts';
import { openSessionFor } from '../open-session-for.ts';
import { type Report, report } from '../report.ts';
import type { Output } from '../schema/output.ts';
import type { Command } from './command.ts';

export const check: Command = async (invocation, io): Promise<Outcome<Report>> => {
  const opened = await openSessionFor(invocation, io);
  if (!opened.ok) return opened;
  const checked = await checkRepository(opened.value.session);
  if (!checked.ok) return checked;
  const { root, summary, findings } = checked.value;
  const { secrets: files, ...counts } = summary;
  return ok(
    report({
      json: {
        root,
        summary: { files, ...counts },
        findings: findings.map(publicFinding),
      } satisfies Output<'check'>,
      records: findings.map(record),
      notes: [...opened.value.notes, summaryLine(summary)],
      exit: findings.length === 0 ? 0 : errorCodes['check-failed'].exit,
    }),
  );
};

/** Rule names of the output contract: where a state of a secret has a name, the finding bears it. */
const ruleNames = {
  'extra-reader': 'drift',
  'missing-reader': 'drift',
  'missing-file': 'missing',
  orphan: 'orphan',
  damaged: 'damaged',
  problem: 'problem',
  'duplicate-key': 'duplicate-key',
  'unsupported-key': 'unsupported-key',
  'placeholder-key': 'placeholder-key',
} as const satisfies Record<FindingRule, string>;

const publicFinding = (finding: Finding): Output<'check'>['findings'][number] => ({
  ...finding,
  rule: ruleNames[finding.rule],
  kind: finding.rule,
});

const record = (finding: Finding): readonly Cell[] => [
  { text: finding.severity, tone: finding.severity === 'high' ? 'bad' : 'doubtful' },
  ruleNames[finding.rule],
  finding.subject,
  finding.says,
  finding.evidence,
];

function summaryLine(summary: Readonly<Record<string, number>>): string {
  const { secrets = 0, findings = 0, unknown = 0 } = summary;
  const uncertain = unknown > 0 ? `, ${unknown} cannot be compared without keys` : '';
  return `${counted(secrets, 'secret')} checked, ${counted(findings, 'finding')}${uncertain}`;
}
