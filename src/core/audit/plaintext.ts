import type { AuditRule } from './audit-rule.ts';
import { finding } from './finding.ts';

export const plaintext: AuditRule = ({ survey }) =>
  survey.plain.map(({ path, of }) =>
    finding('plaintext', {
      subject: path,
      says: 'looks like the plaintext of a secret, and git tracks it',
      evidence: `beside ${of}`,
      at: { file: path },
    }),
  );
