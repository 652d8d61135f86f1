import type { AuditRule } from './audit-rule.ts';
import { finding } from './finding.ts';

export const brokenReference: AuditRule = ({ survey }) =>
  survey.references
    .filter(({ exists }) => !exists)
    .map(({ at, path }) =>
      finding('broken-reference', {
        subject: path,
        says: 'a Nix file names it, but there is no such file',
        evidence: `${at.file}:${at.line}`,
        at,
      }),
    );
