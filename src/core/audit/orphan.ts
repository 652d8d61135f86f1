import type { AuditRule } from './audit-rule.ts';
import { finding } from './finding.ts';

export const orphan: AuditRule = ({ repository }) =>
  repository.secrets
    .filter(({ state }) => state === 'orphan')
    .map(({ id }) =>
      finding('orphan', {
        subject: id,
        says: 'no rule names this file: rekeying passes it over',
        evidence: 'not in any rules file',
        at: { file: id },
      }),
    );
