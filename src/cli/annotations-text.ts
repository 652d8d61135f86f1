import type { Finding } from '../core/audit/finding.ts';
import { findingRules, type Severity } from '../core/audit/finding-rules.ts';
import { show } from '../core/safe-text.ts';

const commands = { high: 'error', medium: 'warning', low: 'notice' } as const satisfies Record<
  Severity,
  string
>;

/** Findings as the workflow commands that GitHub Actions makes annotations of, one a line. */
export const annotationsText = (findings: readonly Finding[]): string =>
  findings.map((finding) => `${annotationOf(finding)}\n`).join('');

function annotationOf({ kind, severity, subject, says, evidence, fix, file, line }: Finding): string {
  const properties = [
    ...(file === null ? [] : [`file=${property(file)}`]),
    ...(line === null ? [] : [`line=${line}`]),
    `title=${property(`keyhole ${findingRules[kind].rule}`)}`,
  ];
  return `::${commands[severity]} ${properties.join(',')}::${data(`${subject}: ${says} (${evidence}). To do: ${fix}`)}`;
}

/** Nothing of it can end the line or begin another command. */
const data = (text: string): string => show(text).replaceAll('%', '%25');
const property = (text: string): string => data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
