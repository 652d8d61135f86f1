import { type FindingKind, findingRules, type Severity } from './finding-rules.ts';

/** Something that is wrong or may become so, with the evidence. Texts are untrusted. */
export interface Finding {
  readonly kind: FindingKind;
  readonly severity: Severity;
  /** The secret, file or key it is about. */
  readonly subject: string;
  /** What is wrong, in one line. */
  readonly says: string;
  /** What was seen that proves it. */
  readonly evidence: string;
  /** What to do about it. */
  readonly fix: string;
  /** Where to look, from the root; `null` when it is in no file. */
  readonly file: string | null;
  readonly line: number | null;
}

interface Parts {
  readonly subject: string;
  /** What its rule means where absent. */
  readonly says?: string;
  readonly evidence: string;
  readonly fix?: string;
  readonly severity?: Severity;
  readonly at?: { readonly file: string; readonly line?: number } | undefined;
}

export function finding(kind: FindingKind, { subject, says, evidence, fix, severity, at }: Parts): Finding {
  const rule = findingRules[kind];
  return {
    kind,
    severity: severity ?? rule.severity,
    subject,
    says: says ?? rule.means,
    evidence,
    fix: fix ?? rule.fix,
    file: at?.file ?? null,
    line: at?.line ?? null,
  };
}
