import type { AuditRule } from './audit-rule.ts';
import { finding } from './finding.ts';
import { keyName } from './key-name.ts';
import { rulePlace } from './rule-place.ts';
import { sayPlace } from './say-place.ts';

export const duplicateKey: AuditRule = ({ repository }) =>
  repository.secrets.flatMap((secret) => {
    if (secret.repeated === undefined) return [];
    const at = rulePlace(secret);
    const names = secret.repeated.map((id) => keyName(repository, id)).join(', ');
    const says = 'its rule lists a key more than once, which ragenix refuses';
    const evidence = `${names} in ${sayPlace(at)}`;
    return [finding('duplicate-key', { subject: secret.id, says, evidence, at })];
  });
