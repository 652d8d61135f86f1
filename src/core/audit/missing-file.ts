import type { AuditRule } from './audit-rule.ts';
import { finding } from './finding.ts';
import { rulePlace } from './rule-place.ts';
import { sayPlace } from './say-place.ts';

export const missingFile: AuditRule = ({ repository }) =>
  repository.secrets
    .filter(({ state }) => state === 'missing')
    .map((secret) => {
      const at = rulePlace(secret);
      const says = 'the rules name it, but there is no such file';
      return finding('missing-file', { subject: secret.id, says, evidence: sayPlace(at), at });
    });
