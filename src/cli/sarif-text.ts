import type { IgnoredFinding } from '../app/usecases/apply-ignores.ts';
import type { Finding } from '../core/audit/finding.ts';
import {
  type FindingKind,
  type FindingRule,
  findingKinds,
  findingRuleNames,
  findingRules,
  type Severity,
} from '../core/audit/finding-rules.ts';
import { show } from '../core/safe-text.ts';
import { jsonText } from './json-text.ts';

const levels = { high: 'error', medium: 'warning', low: 'note' } as const satisfies Record<Severity, string>;

/** Findings as SARIF 2.1.0, for code scanning; what is ignored is there with its reason. */
export function sarifText(
  findings: readonly Finding[],
  ignored: readonly IgnoredFinding[],
  version: string,
): string {
  return jsonText({
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'keyhole', version, rules: findingRuleNames.map(ruleOf) } },
        originalUriBaseIds: { ROOT: { description: { text: 'the root of the repository' } } },
        results: [
          ...findings.map((finding) => resultOf(finding)),
          ...ignored.map(({ finding, reason }) => ({
            ...resultOf(finding),
            suppressions: [{ kind: 'external', status: 'accepted', justification: show(reason) }],
          })),
        ],
      },
    ],
  });
}

const kindsOf = (rule: FindingRule): readonly FindingKind[] =>
  findingKinds.filter((kind) => findingRules[kind].rule === rule);

function ruleOf(id: FindingRule) {
  const kinds = kindsOf(id).map((kind) => findingRules[kind]);
  const text = (parts: readonly string[]) => ({ text: `${parts.join('; ')}.` });
  return {
    id,
    shortDescription: text(kinds.map(({ means }) => means)),
    help: text([...new Set(kinds.map(({ fix }) => fix))]),
    defaultConfiguration: { level: levels[kinds[0]?.severity ?? 'low'] },
  };
}

function resultOf({ kind, severity, subject, says, evidence, fix, file, line }: Finding) {
  const { rule } = findingRules[kind];
  return {
    ruleId: rule,
    ruleIndex: findingRuleNames.indexOf(rule),
    level: levels[severity],
    message: { text: show(`${subject}: ${says} (${evidence}). To do: ${fix}`) },
    ...(file !== null && {
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: uriOf(file), uriBaseId: 'ROOT' },
            region: { startLine: line ?? 1 },
          },
        },
      ],
    }),
    // The line may move; what it is about stays.
    partialFingerprints: { 'keyhole/v1': show(`${kind} ${subject}`) },
    properties: { kind, severity },
  };
}

/** A relative reference; `a:b` would be read as a scheme. */
function uriOf(path: string): string {
  const encoded = path.toWellFormed().split('/').map(encodeURIComponent).join('/');
  return encoded.replaceAll('%40', '@');
}
