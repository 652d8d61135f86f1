import type { AuditRule } from './audit-rule.ts';
import { finding } from './finding.ts';

export const damaged: AuditRule = ({ repository }) =>
  repository.secrets
    .filter(({ state }) => state === 'damaged')
    .map(({ id, problem }) =>
      finding('damaged', {
        subject: id,
        says: 'not a readable age file',
        evidence: problem?.says ?? 'a passphrase stanza stands beside others',
        at: { file: id },
      }),
    );
