import type { AuditRule } from './audit-rule.ts';
import { finding } from './finding.ts';
import { rulePlace } from './rule-place.ts';
import { sayPlace } from './say-place.ts';

/** Only where a rule says which it is: without a word, agenix writes binary files and ragenix armored ones. */
export const armor: AuditRule = ({ repository }) =>
  repository.secrets.flatMap((secret) => {
    const declared = secret.rule?.armor;
    if (declared === undefined || secret.comparison === undefined || declared === secret.armored) return [];
    const at = rulePlace(secret);
    const says = declared
      ? 'its rule says armored, but the file is binary'
      : 'armored, but its rule says binary';
    return [finding('armor', { subject: secret.id, says, evidence: `armor in ${sayPlace(at)}`, at })];
  });
