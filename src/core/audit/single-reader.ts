import type { AuditRule } from './audit-rule.ts';
import { finding } from './finding.ts';
import { keyName } from './key-name.ts';
import { rulePlace } from './rule-place.ts';
import { sayPlace } from './say-place.ts';

export const singleReader: AuditRule = ({ repository }) =>
  repository.secrets.flatMap((secret) => {
    const [only, ...others] = secret.declared;
    if (only === undefined || others.length > 0 || secret.state === 'missing') return [];
    const at = rulePlace(secret);
    const says = 'only one key can read it';
    const evidence = `${keyName(repository, only)} in ${sayPlace(at)}`;
    return [finding('single-reader', { subject: secret.id, says, evidence, at })];
  });
